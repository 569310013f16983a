#include <a.h>
#include <b.h>
#include <stdio.h>

int main(void)
{
	puts(A " " B);
	return 0;
}
