import Testing

@testable import Forum

struct UsernameRulesTests {
    @Test(arguments: [
        "abc", "a_b", "A-1", "_abc", "9lives", "john.doe", "a1.b2-c3_d4", "abcdefghijklmnopqrst",
        "json", "file.jsonx",
    ])
    func `a good name has no problem`(name: String) {
        #expect(UsernameRules.problems(name) == [])
    }

    @Test(arguments: [
        ("", "can't be blank"),
        ("ab", "at least 3"),
        ("abcdefghijklmnopqrstu", "no more than 20"),
        ("has space", "only include"),
        ("a@b", "only include"),
        ("jürgen", "only include"),
        ("аdmin", "only include"),
        ("a\u{200B}bc", "only include"),
        ("a\u{0}bc", "only include"),
        ("-abc", "begin with"),
        (".abc", "begin with"),
        ("abc_", "end with"),
        ("abc.", "end with"),
        ("abc-", "end with"),
        ("a__b", "sequence of 2"),
        ("a.-b", "sequence of 2"),
        ("user.json", "confusing suffix"),
        ("user.PNG", "confusing suffix"),
        ("user.rss", "confusing suffix"),
    ])
    func `a bad name says what is wrong`(name: String, part: String) {
        let problems = UsernameRules.problems(name)
        #expect(problems.contains { $0.contains(part) }, "\(problems)")
    }

    @Test(arguments: [
        ("Alice", "alice"),
        ("ＡＬＩＣＥ", "alice"),
        ("Ⅳ", "iv"),
        ("e\u{301}ve", "\u{E9}ve"),
        ("ﬁsh", "fish"),
        ("İ", "i\u{307}"),
    ])
    func `names that differ in case or form alone have one key`(name: String, key: String) {
        #expect(UsernameRules.fold(name) == key)
        #expect(UsernameRules.fold(UsernameRules.fold(name)) == key)
    }

    @Test(arguments: ["admin", "System", "POSTMASTER", "noreply", "everyone", "here"])
    func `names that speak for the forum are reserved`(name: String) {
        #expect(UsernameRules.isReserved(name))
    }

    @Test(
        arguments: [
            ("Anna Karenina", "anna@example.com", "Anna_Karenina"),
            ("Jürgen Müller", nil, "Jurgen_Muller"),
            (nil, "joe.bloggs+list@example.com", "joe_bloggs"),
            (nil, "x@example.com", "x11"),
            ("", "info@acme.example", "acme"),
            ("Лев Толстой", nil, "Lev_Tolstoj"),
            ("O'Brien", nil, "OBrien"),
            ("!!!", "@", "member"),
            ("A very long name that goes on and on", nil, "A_very_long_name_tha"),
            ("admin", "admin@x.example", "x11"),
        ] as [(String?, String?, String)]
    )
    func `a suggestion is a good name`(name: String?, email: String?, expected: String) {
        let suggestion = UsernameRules.suggest(name: name, email: email)
        #expect(suggestion == expected)
        #expect(UsernameRules.problems(suggestion) == [])
    }

    @Test(arguments: [1, 40, 9_999_999])
    func `a numbered name still follows the rules`(number: Int) {
        for base in ["member", "abcdefghijklmnopqrst", "a_b_c_d_e_f_g_h_i_jk"] {
            let name = UsernameRules.numbered(base, number)
            #expect(UsernameRules.problems(name) == [], "\(name)")
            #expect(name.hasSuffix(String(number)))
        }
    }
}
