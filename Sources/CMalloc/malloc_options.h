// What Swift's own module of the C library leaves out: the settings of glibc's allocator.
#include <malloc.h>
