/* Stands for a library that the base has as well, as an older version: the definitions' one has to win. */
const char *zlibVersion(void)
{
	return "0.9";
}

/* What the base's library has not: with that one, programs neither link nor run. */
const char *zlibOrigin(void)
{
	return "of the definitions";
}
