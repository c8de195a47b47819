"""加密与密码: opening by a password, encrypting, and the locked screen."""
