"""离职人员的个人信息: how long it is kept, and taking it out for good."""
