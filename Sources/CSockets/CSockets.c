#define _GNU_SOURCE
#include "CSockets.h"

#include <linux/tcp.h>
#include <netinet/in.h>
#include <stddef.h>
#include <sys/eventfd.h>
#include <sys/socket.h>

const short csockets_pollrdhup = POLLRDHUP;

int csockets_accept(int listener) { return accept4(listener, NULL, NULL, SOCK_CLOEXEC); }

int csockets_poll(struct pollfd *entries, nfds_t count, const struct timespec *timeout) {
    return ppoll(entries, count, timeout, NULL);
}

int csockets_event(void) { return eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK); }

unsigned long long csockets_received(int descriptor) {
    struct tcp_info info;
    socklen_t size = sizeof info;
    if (getsockopt(descriptor, IPPROTO_TCP, TCP_INFO, &info, &size) != 0) return 0;
    return size >= offsetof(struct tcp_info, tcpi_bytes_received) + sizeof info.tcpi_bytes_received
               ? info.tcpi_bytes_received
               : 0;
}
