#include <a.h>
#define B A "b"
