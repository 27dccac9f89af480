// What Swift's own modules of the C library do not show, because their headers hide it from all but GNU sources.
#ifndef CSOCKETS_H
#define CSOCKETS_H

#include <poll.h>
#include <time.h>

// The event of poll that says that the peer has shut down its writing side, or that this side has stopped reading.
extern const short csockets_pollrdhup;

// accept4 without the peer's address: a blocking socket that a new program does not inherit. -1 sets errno.
int csockets_accept(int listener);

// ppoll without a signal mask; a null timeout waits for ever. -1 sets errno.
int csockets_poll(struct pollfd *entries, nfds_t count, const struct timespec *timeout);

// eventfd with a counter of 0 that neither blocks nor is inherited by a new program. -1 sets errno.
int csockets_event(void);

#endif
