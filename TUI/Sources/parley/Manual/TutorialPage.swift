/// parley-tutorial(7).
enum TutorialPage {
    static let text = #"""
        .Sh DESCRIPTION
        This page leads from the first start to the first post.
        Nothing has to be set up before.
        .Ss Reading
        Name a site:
        .Pp
        .Dl parley forum.example
        .Pp
        Its latest topics are on the screen, without an account.
        .Ic j
        and
        .Ic k
        or the arrows choose one,
        .Ic Enter
        opens it, and
        .Ic q
        goes back.
        .Pp
        .Ic Space
        is the key to remember: it turns the page, and at the end of a topic it opens the next one with posts
        that you have not read.
        One key reads the whole community.
        .Pp
        The last line shows the keys of the screen that you see,
        .Ic \&?
        shows all of them.
        .Ss Finding
        .Ic /
        in a list searches the site, in a topic it finds a word among its posts.
        .Ic g
        and a second key go to other lists:
        .Ic g c
        to the categories,
        .Ic g t
        to the best topics.
        .Ic \&#
        in a topic asks for the number of a post.
        A number before a motion repeats it:
        .Ic 5j
        goes five on, and
        .Ic 20G
        to the twentieth post.
        .Ss Logging in
        .Ic \&:login
        on the screen asks for name and password;
        .Ic ^B
        there shows a code to type in any browser instead.
        The same before the first screen:
        .Pp
        .Dl parley login forum.example
        .Dl parley login --browser forum.example
        .Pp
        The login is kept in a file that only you can read; it is gone with
        .Ic parley logout .
        From now on the lists show what is unread, and what you read is marked as read on the site as well.
        .Ss Writing
        .Ic r
        answers the post under the cursor,
        .Ic R
        the topic,
        .Ic Q
        quotes the post first, and
        .Ic c
        begins a topic.
        Write Markdown.
        .Ic ^P
        shows how it will look,
        .Ic ^X
        sends it,
        .Ic ^E
        opens your own editor.
        After the editor, and when something looks forgotten, you see what goes out and to whom:
        .Ic y
        sends it.
        A post that was sent waits ten seconds, in which
        .Ic z
        takes it back.
        .Pp
        What you type is on the disk a moment later.
        When the connection breaks, the terminal is closed, or the machine goes down, open the same reply again:
        your text is there.
        .Ss Following
        In a topic
        .Ic m
        and a letter say how much you want to hear of it:
        .Ic m w
        watches it,
        .Ic m t
        tracks it,
        .Ic m m
        mutes it.
        .Ic g i
        shows what you were told of.
        .Ss With a screen reader
        .Dl parley --plain forum.example
        .Pp
        is the whole program without a screen: numbered topics, labelled posts, and commands of one letter, of
        which
        .Ic h
        tells.
        Nothing that was written changes any more.
        .Ic Enter
        reads on, and at the end goes to the next topic with unread posts.
        .Ss Without a network
        What you have read is kept and can be read again without a network.
        To have all of a site:
        .Pp
        .Dl parley sync --site forum.example
        .Pp
        Do it again before the train leaves: only what is new is fetched.
        .Ss Scripts
        Every command prints lines for people, the same without columns for screen readers with
        .Fl -plain ,
        and JSON with
        .Fl -json :
        .Pp
        .Dl parley topics --json | jq '.[].title'
        .Dl echo 'The build is green.' | parley reply 42 -
        .Dl parley unread --check || echo 'something is unread'
        .Ss When something is wrong
        .Ic parley doctor
        looks at the terminal, the files and the site, and says what helps.
        """#
}
