#ifndef ROUTECHECK_CLIBCURL_SHIM_H
#define ROUTECHECK_CLIBCURL_SHIM_H

#include <curl/curl.h>

#endif
