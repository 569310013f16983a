#define A "a"
