/* Reads a mailbox with GMime, decodes the text and the files of each mail, and prints how many there were. */
#include <fcntl.h>
#include <gmime/gmime.h>
#include <stdio.h>

static void decode(GMimeObject *parent, GMimeObject *object, gpointer sink)
{
    (void) parent;
    if (GMIME_IS_TEXT_PART(object)) {
        g_free(g_mime_text_part_get_text(GMIME_TEXT_PART(object)));
    } else if (GMIME_IS_PART(object)) {
        GMimeDataWrapper *content = g_mime_part_get_content(GMIME_PART(object));
        if (content) g_mime_data_wrapper_write_to_stream(content, sink);
    }
}

int main(int count, char **arguments)
{
    if (count != 2) {
        fprintf(stderr, "usage: gmime MBOX\n");
        return 64;
    }
    g_mime_init();
    GMimeStream *stream = g_mime_stream_fs_open(arguments[1], O_RDONLY, 0, NULL);
    if (!stream) {
        fprintf(stderr, "%s cannot be read\n", arguments[1]);
        return 66;
    }
    GMimeStream *sink = g_mime_stream_null_new();
    GMimeParser *parser = g_mime_parser_new_with_stream(stream);
    g_mime_parser_set_format(parser, GMIME_FORMAT_MBOX);
    int mails = 0;
    while (!g_mime_parser_eos(parser)) {
        GMimeMessage *message = g_mime_parser_construct_message(parser, NULL);
        if (!message) break;
        g_mime_message_foreach(message, decode, sink);
        g_object_unref(message);
        mails++;
    }
    printf("%d\n", mails);
    return 0;
}
