#include <greet.h>
#include <stdio.h>

const char *zlibVersion(void);
const char *zlibOrigin(void);

int main(void)
{
	printf("%s, with zlib %s %s\n", greeting(), zlibVersion(), zlibOrigin());
	return 0;
}
