#define _GNU_SOURCE
#include "CSockets.h"

#include <sys/eventfd.h>
#include <sys/socket.h>

const short csockets_pollrdhup = POLLRDHUP;

int csockets_accept(int listener) { return accept4(listener, NULL, NULL, SOCK_CLOEXEC); }

int csockets_poll(struct pollfd *entries, nfds_t count, const struct timespec *timeout) {
    return ppoll(entries, count, timeout, NULL);
}

int csockets_event(void) { return eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK); }
