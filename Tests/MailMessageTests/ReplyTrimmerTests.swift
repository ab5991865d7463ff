import Testing

@testable import MailMessage

struct ReplyTrimmerTests {
    /// Attributions as programs write them, in the languages they speak.
    static let attributions = [
        "On Tue, Jan 15, 2016 at 11:12 AM, Bob Foo <bob@example.org> wrote:",
        "On Jan 15, 2016, at 11:12, Bob Foo <bob@example.org> wrote:",
        "On 15/01/16 11:12, Bob wrote:",
        "At 17:10 22/08/2002 +0100, Bob Foo wrote:",
        "Bob Foo <bob@example.org> writes:",
        "Am 15.01.2016 um 11:12 schrieb Bob Foo <bob@example.org>:",
        "Bob Foo <bob@example.org> schrieb am Fr., 15. Jan. 2016, 11:12:",
        "Le ven. 15 janv. 2016 à 11:12, Bob Foo <bob@example.org> a écrit :",
        "El vie., 15 ene. 2016 a las 11:12, Bob Foo (<bob@example.org>) escribió:",
        "Il giorno ven 15 gen 2016 alle ore 11:12 Bob Foo <bob@example.org> ha scritto:",
        "Em sex., 15 de jan. de 2016 às 11:12, Bob Foo <bob@example.org> escreveu:",
        "Op vr 15 jan. 2016 om 11:12 schreef Bob Foo <bob@example.org>:",
        "W dniu 15.01.2016 o 11:12, Bob Foo pisze:",
        "pt., 15 sty 2016 o 11:12 Bob Foo <bob@example.org> napisał(a):",
        "Den fre 15 jan. 2016 kl 11:12 skrev Bob Foo <bob@example.org>:",
        "fre. 15. jan. 2016 kl. 11:12 skrev Bob Foo <bob@example.org>:",
        "pe 15. tammik. 2016 klo 11.12 Bob Foo (bob@example.org) kirjoitti:",
        "пт, 15 янв. 2016 г. в 11:12, Bob Foo <bob@example.org>:",
        "15.01.2016 11:12, Bob Foo пишет:",
        "пт, 15 січ. 2016 о 11:12 Bob Foo <bob@example.org> пише:",
        "Bob Foo <bob@example.org> 于2016年1月15日周五 上午11:12写道：",
        "2016年1月15日(金) 11:12 Bob Foo <bob@example.org>:",
        "2016년 1월 15일 (금) 오전 11:12, Bob Foo <bob@example.org>님이 작성:",
        "Bob Foo <bob@example.org>, 15 Oca 2016 Cum, 11:12 tarihinde şunu yazdı:",
        "pá 15. 1. 2016 v 11:12 odesílatel Bob Foo <bob@example.org> napsal:",
        "Bob Foo <bob@example.org> ezt írta (időpont: 2016. jan. 15., P, 11:12):",
        "Στις Παρ, 15 Ιαν 2016 στις 11:12 π.μ., ο χρήστης Bob Foo <bob@example.org> έγραψε:",
        "‫בתאריך יום ו׳, 15 בינו׳ 2016 ב-11:12 מאת ‪Bob Foo‬‏ <‪bob@example.org‬‏> כתב:",
    ]

    @Test(arguments: attributions)
    func `an attribution and the quote below it go`(attribution: String) {
        let reply = ReplyTrimmer.trim(
            "My answer.\n\n\(attribution)\n\n> what was asked\n> at length\n"
        )
        #expect(reply.kept == "My answer.")
        #expect(reply.elided.hasPrefix(attribution))
    }

    @Test(arguments: attributions)
    func `an attribution above text without quote marks cuts`(attribution: String) {
        let reply = ReplyTrimmer.trim("My answer.\n\n\(attribution)\n\nwhat was asked\nat length\n")
        #expect(reply.kept == "My answer.")
    }

    @Test(arguments: [
        "On Tue, Jan 15, 2016 at 11:12 AM, A Very Long Name Indeed\n<a-very-long-address@example.org> wrote:",
        "On Tue, Jan 15, 2016 at 11:12 AM, Bob <bob@example.org>\nwrote:",
        "Am Freitag, den 15.01.2016, 11:12 +0100 schrieb\nBob Foo:",
        "Le vendredi 15 janvier 2016 à 11:12 +0100,\nBob Foo <bob@example.org>\na écrit :",
        "El 15 de enero de 2016, 11:12, Bob Foo<\nbob@example.org> escribió:",
    ])
    func `a wrapped attribution goes whole`(attribution: String) {
        let reply = ReplyTrimmer.trim("My answer.\n\n\(attribution)\n> asked\n")
        #expect(reply.kept == "My answer.")
    }

    @Test(arguments: [
        "-----Original Message-----\nFrom: Bob\nSent: Monday\nTo: Ada\n\nasked",
        "-------- Ursprüngliche Nachricht --------\nVon: Bob\n\nasked",
        "-----Message d'origine-----\nDe : Bob\n\nasked",
        "-----Mensaje original-----\nasked",
        "-----Messaggio originale-----\nasked",
        "-----Oorspronkelijk bericht-----\nasked",
        "-----Mensagem original-----\nasked",
        "-----Oryginalna wiadomość-----\nasked",
        "-----Ursprungligt meddelande-----\nasked",
        "-------- Исходное сообщение --------\nasked",
        "------------------ 原始邮件 ------------------\nasked",
        "---------- Forwarded message ---------\nFrom: Bob\n\nasked",
        "Begin forwarded message:\n\n> asked",
        "________________________________\nFrom: Bob <b@x.org>\nSent: Monday\nTo: Ada\nSubject: Engines\n\nasked",
        "Von: Bob\nGesendet: Montag\nAn: Ada\nBetreff: Maschinen\n\nasked",
        "*From:* Bob\n*Sent:* Monday\n*To:* Ada\n*Subject:* Engines\n\nasked",
        "**De :** Bob\n**Envoyé :** lundi\n**À :** Ada\n**Objet :** Machines\n\nasked",
        "发件人: Bob\n发送时间: 2016年1月15日\n收件人: Ada\n主题: 机器\n\nasked",
        "-- \nAda Byron\nCountess",
        "--\nAda Byron",
        "Sent from my iPhone",
        "Sent from my iPhone\n\nOn Tue, Jan 15, 2016 at 11:12 AM, Bob <b@x.org> wrote:\n> asked",
        "Von meinem iPhone gesendet",
        "Envoyé de mon iPhone",
        "Get Outlook for Android<https://aka.ms/ghei36>",
        "Отправлено с iPhone",
        "发自我的 iPhone",
        "iPhoneから送信",
        "---\n*Previous Replies*\n\nearlier\n\n---\n[Visit](https://x.org)",
        "## Please type your reply above this line. ##\n\nearlier",
        "> quoted without a word above it",
        "_______________________________________________\nTalk mailing list\nTalk@x.org\nhttps://x.org/listinfo/talk",
    ])
    func `what programs add below the words goes`(tail: String) {
        let reply = ReplyTrimmer.trim("My answer.\nIn two lines.\n\n\(tail)\n")
        #expect(reply.kept == "My answer.\nIn two lines.")
        #expect(!reply.elided.isEmpty)
        #expect(reply.elidedBecause != nil)
    }

    @Test(arguments: [
        "First part.\n\n---\n\nSecond part.",
        "First part.\n\n***\n\nSecond part.\n\n___\n\nThird part.",
        "A heading\n---------\n\nWords under it.",
        "From my point of view it works.\n\nFrom my side, yes.",
        "I was sent from my office to yours and back.\n\nSent via the usual channels, it took three weeks to arrive.",
        "On Monday we wrote:\nnothing at all.",
        "```\n-- \nOn Tue, Jan 15, 2016 at 11:12 AM, Bob <b@x.org> wrote:\n> text\n-----Original Message-----\n```\nThat is what I see.",
        "| a | b |\n|---|---|\n| 1 | 2 |",
        "As she said:\n\n> Engines are fine.",
        "> a line I quote\n\nand my answer to it",
        "> first?\n\nYes.\n\n> second?\n\nNo.",
        "Steps:\n\n- one\n- two\n\n1. three\n2. four",
        "To: everybody who reads this\n\nHello!",
        "    -- \n    indented code",
        "Only > a sign\nx -- y",
        "The ratio is 3:2.\nNote:\nit wrote: nothing",
        "> only a quote, and nothing else",
        "See what it sent:\n\nReceived: by x\nX-Mailer: Y\nFrom: Bob\nTo: Ada\nSubject: s\n\nIs that right?",
        "--- begin forwarded text\n\nFrom: Bob\nTo: Ada\nSubject: s\n\nnews",
        "BF> first?\nBF> and more\n\nYes.\n\nBF> second?\n\nNo.",
        "On 2016-01-15 the service wrote this to its log and then it stopped without another word",
    ])
    func `what the author typed stays`(text: String) {
        #expect(ReplyTrimmer.trim(text).kept == text)
    }

    @Test func `an answer below the quote loses the quote`() {
        let reply = ReplyTrimmer.trim(
            "On Tue, Jan 15, 2016 at 11:12 AM, Bob <b@x.org> wrote:\n> asked\n>\n> at length\n\nMy answer.\n-- \nAda"
        )
        #expect(reply.kept == "My answer.")
        #expect(reply.lines.map(\.reason).contains(.quotedAbove))
        #expect(reply.lines.map(\.reason).contains(.signature))
    }

    @Test func `answers between quotes keep them, and lose the attribution`() {
        let reply = ReplyTrimmer.trim(
            "Hi all,\n\nBob wrote on 2016-01-15 11:12:\n> first?\nYes.\n\n> second?\nNo.\n\n> and the rest\n> of it\n"
        )
        #expect(reply.kept == "Hi all,\n\n> first?\nYes.\n\n> second?\nNo.")
    }

    @Test func `a mail passed on without a word stays whole`() {
        let text =
            "---------- Forwarded message ---------\nFrom: Bob <b@x.org>\nDate: Mon\nSubject: x\n\nnews"
        #expect(ReplyTrimmer.trim(text).kept == text)
    }

    @Test(arguments: [
        "From: Bob Foo <bob@example.org>\nTo: Ada <ada@example.org>\nDate: Mon, 1 Dec 2016 00:13:37 +0100\nSubject: Engines",
        "Von: Bob Foo <bob@example.org>\nAn: Ada\nDatum: 1 Dec 2016 00:13:37 +0100\nBetreff: Engines",
        "**De :** Bob Foo <bob@example.org>\n**Envoyé :** 1 Dec 2016 00:13:37 +0100\n**Objet :** Engines",
    ])
    func `a mail passed on is found with its author`(header: String) throws {
        let text =
            "Look at this.\n\n---------- Forwarded message ----------\n\(header)\n\nHello Ada,\n\nnews"
        let found = try #require(ForwardedMessage.find(in: text))
        #expect(found.comment == "Look at this.")
        #expect(found.from == Address(name: "Bob Foo", address: "bob@example.org"))
        #expect(found.subject == "Engines")
        #expect(found.date?.iso8601 == "2016-11-30T23:13:37Z")
        #expect(found.text == "Hello Ada,\n\nnews")
        #expect(ForwardedMessage.find(in: "Look at this.\nFrom: me") == nil)
    }

    @Test func `clear-signed mail loses its armour`() {
        let reply = ReplyTrimmer.trim(
            "-----BEGIN PGP SIGNED MESSAGE-----\nHash: SHA256\n\nMy answer.\n-----BEGIN PGP SIGNATURE-----\n\nabc=\n-----END PGP SIGNATURE-----\n"
        )
        #expect(reply.kept == "My answer.")
    }

    @Test func `every line has its verdict, and none is lost`() {
        let text = "one\n\n> two\n\nthree\n-- \nfour"
        let reply = ReplyTrimmer.trim(text)
        #expect(reply.lines.map(\.text).joined(separator: "\n") == text)
        #expect(
            reply.lines.map(\.verdict) == [.kept, .kept, .kept, .kept, .kept, .elided, .elided]
        )
    }

    @Test(arguments: [
        "On 2016 a@b wrote\n", "a:\n", "> x\n", "---\n", "--\n", "```\n",
        "From: a\nTo: b\nSubject: c\n\n",
        "Sent from my x\n", "On 12:12 2016 a@b wrote:\n", "-----Original Message-----\n", "bq", "<",
        "*", "\n",
    ])
    func `time grows with the text and no faster`(unit: String) {
        let clock = ContinuousClock()
        let duration = clock.measure {
            _ = ReplyTrimmer.trim(String(repeating: unit, count: 100_000 / unit.utf8.count))
        }
        #expect(duration < .seconds(10))
    }
}
