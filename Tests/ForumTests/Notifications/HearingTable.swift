/// Who hears of what, from Discourse's facts: one line for each way of following, one column for each
/// thing that happens. A cell is the kind of notice, with `w` when it is only shown on the site and no
/// mail is queued, or `-` for nothing.
///
/// How somebody follows, all of it at the author's topic, its category and its tag:
/// `t0`…`t3` level of the topic, `T3` watching it because its category is watched (reason 6);
/// `c0`…`c4` level of the category and `g0`…`g4` of the tag, with `d` daily, `k` weekly or `n` no mail
/// behind it; `mute`, `ignore`, `expired` (an ignore that is over) of the author; `e0`, `e2` the level
/// of mail; `first` watched places come before muted ones; `nolike`, `nolink` the options; `group0`
/// has muted the group; `asleep`, `gone`, `waiting` a person who is not active, suspended, not approved.
///
/// What happens, all by one author: `new` a topic in the category with the tag; in the topic followed
/// `reply` a post that addresses nobody, `name` and `group` one that calls the person or a group of
/// theirs, `quote` one that quotes them, `answer` one that answers their post, `link` one that links to
/// it; `edit` an edit that calls them, `like` a like of their post, `invite` an invitation to the topic.
enum HearingTable {
    static let columns = [
        "new", "reply", "name", "group", "quote", "answer", "link", "edit", "like", "invite",
    ]

    static let text = """
        # how            new  reply name group quote answer link edit like invite
        nothing          -    -     1    15    3     2      11   1    5w   13
        t0               -    -     -    -     -     -      -    -    -    -
        t1               -    -     1    15    3     2      11   1    5w   13
        t2               -    -     1    15    3     2      11   1    5w   13
        t3               -    9     1    15    3     2      11   1    5w   13
        c0               -    -     1    15    3     2      11   1    5w   13
        c1               -    -     1    15    3     2      11   1    5w   13
        c2               -    -     1    15    3     2      11   1    5w   13
        c3               36   36    1    15    3     2      11   1    5w   13
        c4               17   -     1    15    3     2      11   1    5w   13
        g0               -    -     1    15    3     2      11   1    5w   13
        g1               -    -     1    15    3     2      11   1    5w   13
        g2               -    -     1    15    3     2      11   1    5w   13
        g3               36   36    1    15    3     2      11   1    5w   13
        g4               17   -     1    15    3     2      11   1    5w   13

        # the topic goes before its category and tag
        t0 c3            36   -     -    -     -     -      -    -    -    -
        t1 c3            36   -     1    15    3     2      11   1    5w   13
        t2 c3            36   -     1    15    3     2      11   1    5w   13
        t3 c3            36   9     1    15    3     2      11   1    5w   13
        t1 c4            17   -     1    15    3     2      11   1    5w   13
        t0 g3            36   -     -    -     -     -      -    -    -    -
        t1 g3            36   -     1    15    3     2      11   1    5w   13
        t3 c0            -    9     1    15    3     2      11   1    5w   13
        t3 g0            -    9     1    15    3     2      11   1    5w   13
        t3 c0 g0         -    9     1    15    3     2      11   1    5w   13

        # category and tag
        c3 g3            36   36    1    15    3     2      11   1    5w   13
        c2 g3            36   36    1    15    3     2      11   1    5w   13
        c3 g2            36   36    1    15    3     2      11   1    5w   13
        c1 g3            36   36    1    15    3     2      11   1    5w   13
        c4 g3            36   36    1    15    3     2      11   1    5w   13
        c3 g4            36   36    1    15    3     2      11   1    5w   13
        c4 g4            17   -     1    15    3     2      11   1    5w   13
        c3 g0            -    -     1    15    3     2      11   1    5w   13
        c0 g3            -    -     1    15    3     2      11   1    5w   13
        c4 g0            -    -     1    15    3     2      11   1    5w   13
        c0 g4            -    -     1    15    3     2      11   1    5w   13
        c3 g0 first      36   36    1    15    3     2      11   1    5w   13
        c0 g3 first      36   36    1    15    3     2      11   1    5w   13

        # people
        mute             -    -     -    -     -     -      -    -    -    -
        mute t3          -    -     -    -     -     -      -    -    -    -
        mute c3          -    -     -    -     -     -      -    -    -    -
        ignore c3        -    -     -    -     -     -      -    -    -    -
        expired c3       36   36    1    15    3     2      11   1    5w   13
        asleep c3        -    -     -    -     -     -      -    -    -    -
        gone c3          -    -     -    -     -     -      -    -    -    -
        waiting c3       -    -     -    -     -     -      -    -    -    -
        group0           -    -     1    -     3     2      11   1    5w   13
        nolike           -    -     1    15    3     2      11   1    -    13
        nolink           -    -     1    15    3     2      -    1    5w   13

        # how it comes
        e0 c3            36   36    1    15    3     2      11   1    5w   13
        e2 c3            36w  36w   1w   15w   3w    2w     11w  1w   5w   13w
        e2 t3            -    9w    1w   15w   3w    2w     11w  1w   5w   13w
        c3d              36w  36w   1    15    3     2      11   1    5w   13
        c3k              36w  36w   1    15    3     2      11   1    5w   13
        c3n              36w  36w   1    15    3     2      11   1    5w   13
        c4d              17w  -     1    15    3     2      11   1    5w   13
        g3d              36w  36w   1    15    3     2      11   1    5w   13
        g3n              36w  36w   1    15    3     2      11   1    5w   13
        g4k              17w  -     1    15    3     2      11   1    5w   13
        c3d g3           36   36    1    15    3     2      11   1    5w   13
        c3 g3d           36   36    1    15    3     2      11   1    5w   13
        c3d g3k          36w  36w   1    15    3     2      11   1    5w   13
        t3 c3d           36w  9     1    15    3     2      11   1    5w   13
        T3 c3            36   9     1    15    3     2      11   1    5w   13
        T3 c3d           36w  9w    1    15    3     2      11   1    5w   13
        """

    /// The same of a message between people: `u` the person is among those it is for, `m0`…`m4` they
    /// are in a group that it is for and follow it at that level.
    static let messageColumns = ["new", "reply", "name", "answer", "quote"]

    static let messages = """
        # how            new  reply name answer quote
        nothing          -    -     -    -      -
        u                6    6     1    6      6
        u t0             6    -     -    -      -
        u t1             6    -     1    6      6
        u t2             6    -     1    6      6
        u t3             6    6     1    6      6
        u mute           -    -     -    -      -
        m0               -    -     1    -      -
        m1               -    -     1    6      6
        m2               -    -     1    6      6
        m3               6    6     1    6      6
        m4               17   -     1    6      6
        m3 t1            6    -     1    6      6
        m1 t3            -    6     1    6      6
        u m0             6    6     1    6      6
        u e2             6    6     1    6      6
        u p2             6w   6w    1w   6w     6w
        """

    struct Line: Sendable {
        let how: [String]
        let cells: [String]

        var label: String { how.joined(separator: " ") }
    }

    static func lines(_ text: String, columns: Int) -> [Line] {
        text.split(separator: "\n").filter { !$0.hasPrefix("#") }.map { line in
            let words = line.split(separator: " ").map(String.init)
            return Line(
                how: Array(words.dropLast(columns)),
                cells: Array(words.suffix(columns))
            )
        }
    }
}
