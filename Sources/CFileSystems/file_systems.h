// What Swift's own module of the C library leaves out: which file system a path lies in.
#include <linux/magic.h>
#include <sys/vfs.h>
