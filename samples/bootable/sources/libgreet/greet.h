/* What to say to someone. */
const char *greeting(void);
