#ifndef ROUTECHECK_CCONTENTCODINGS_SHIM_H
#define ROUTECHECK_CCONTENTCODINGS_SHIM_H

#include <brotli/decode.h>
#include <zlib.h>
#include <zstd.h>

// zlib's way to begin is a macro, which Swift does not see.
static inline int shim_inflate_init(z_stream *stream, int window_bits) {
    return inflateInit2(stream, window_bits);
}

#endif
