/* A tool that only builds need: writes a banner. */
#include <stdio.h>

int main(int argc, char **argv)
{
	for (int i = 1; i < argc; i++)
		printf("*** %s ***\n", argv[i]);
	return 0;
}
