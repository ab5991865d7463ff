#include <arpa/nameser.h>
#include <netdb.h>
#include <resolv.h>

/* The library's answer to a query, or its reason (h_errno), negated. Both names are macros. */
static inline int resolv_query(const char *name, int type, unsigned char *answer, int size) {
    int length = res_query(name, ns_c_in, type, answer, size);
    return length >= 0 ? length : -h_errno;
}
