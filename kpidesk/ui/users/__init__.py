"""用户与权限 in the window: signing in, and who may."""
