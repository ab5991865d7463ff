/// Writes HTML text anew so that every element is closed where it must be, inside its parent, and
/// none is deeper than the limit: a tree builder then takes time in proportion to its length.
struct HTMLBalancer {
    /// How an element takes part in nesting.
    enum Role {
        case void
        case inline
        case block
        case item
        case definition
        case table
        case section
        case row
        case cell
    }

    /// Elements that end one another, or that no other element's end reaches through.
    struct Group: OptionSet {
        let rawValue: UInt16

        static let paragraph = Group(rawValue: 1)
        static let link = Group(rawValue: 2)
        static let item = Group(rawValue: 4)
        static let definition = Group(rawValue: 8)
        static let list = Group(rawValue: 16)
        static let table = Group(rawValue: 32)
        static let body = Group(rawValue: 64)
        static let caption = Group(rawValue: 128)
        static let columns = Group(rawValue: 256)
        static let row = Group(rawValue: 512)
        static let cell = Group(rawValue: 1_024)

        /// What holds text of its own within a table.
        static let inTable: Group = [.cell, .caption, .table]

        init(rawValue: UInt16) {
            self.rawValue = rawValue
        }

        init(_ name: String) {
            switch name {
            case "p": self = .paragraph
            case "a": self = .link
            case "li": self = .item
            case "dd", "dt": self = .definition
            case "ul", "ol", "dl", "blockquote": self = .list
            case "table": self = .table
            case "thead", "tbody", "tfoot": self = .body
            case "caption": self = .caption
            case "colgroup": self = .columns
            case "tr": self = .row
            case "td", "th": self = .cell
            default: self = []
            }
        }
    }

    /// Every element that may reach the tree. The tags of others are left out, their text stays.
    static let roles: [String: Role] = {
        var table: [String: Role] = [
            "br": .void, "hr": .void, "img": .void, "wbr": .void, "col": .void,
            "li": .item, "dd": .definition, "dt": .definition, "table": .table,
            "caption": .section, "thead": .section, "tbody": .section, "tfoot": .section,
            "colgroup": .section, "tr": .row, "td": .cell, "th": .cell,
        ]
        let inline = """
            a abbr acronym b bdi bdo big cite code del dfn em font i ins kbd label mark q rb \
            rp rt rtc ruby s samp small span strike strong sub sup time tt u var
            """
        let block = """
            address article aside blockquote center details dir div dl fieldset figcaption figure \
            footer h1 h2 h3 h4 h5 h6 header legend main menu nav ol p pre section summary ul
            """
        for name in inline.split(separator: " ") {
            table[String(name)] = .inline
        }
        for name in block.split(separator: " ") {
            table[String(name)] = .block
        }
        return table
    }()

    /// Elements that the tree builder opens again in the next block when they are left open.
    private static let formatting: Set<String> = [
        "a", "b", "big", "code", "em", "font", "i", "s", "small", "strike", "strong", "tt", "u",
    ]

    private var out: [UInt8] = []
    private var open: [(name: String, group: Group)] = []
    private var elements = 0
    /// How many open tags of a name were left out because of the depth.
    private var omitted: [String: Int] = [:]

    /// `bytes` as balanced HTML.
    static func balance(_ bytes: [UInt8]) -> [UInt8] {
        var lexer = HTMLLexer(bytes)
        var balancer = HTMLBalancer()
        balancer.out.reserveCapacity(bytes.count + bytes.count / 8)
        while let token = lexer.next() {
            switch token {
            case .text(let range):
                if !bytes[range].allSatisfy(Bytes.isSpace) {
                    balancer.openCell()
                }
                balancer.text(bytes[range])
            case .start(let tag): balancer.start(tag)
            case .end(let name): balancer.end(name)
            }
        }
        balancer.close(downTo: 0)
        return balancer.out
    }

    /// `bytes` with every tag written anew or left out and with no construct open at the end, but
    /// not balanced: for a piece of HTML within other text.
    static func clean(_ bytes: [UInt8]) -> [UInt8] {
        var lexer = HTMLLexer(bytes)
        var balancer = HTMLBalancer()
        while let token = lexer.next() {
            switch token {
            case .text(let range): balancer.text(bytes[range])
            case .start(let tag):
                if roles[tag.name] != nil {
                    balancer.write(tag)
                }
            case .end(let name):
                if roles[name] != nil {
                    balancer.writeEnd(name)
                }
            }
        }
        return balancer.out
    }

    private mutating func text(_ bytes: ArraySlice<UInt8>) {
        for byte in bytes {
            if byte == UInt8(ascii: "<") {
                out.append(contentsOf: "&lt;".utf8)
            } else if byte == 0 {
                out.append(contentsOf: "\u{fffd}".utf8)
            } else {
                out.append(byte)
            }
        }
    }

    private mutating func start(_ tag: HTMLLexer.Tag) {
        guard let role = Self.roles[tag.name] else {
            return
        }
        closeImplied(by: tag.name, role: role)
        switch role {
        case .void:
            if tag.name != "col", elements < Limits.htmlElements {
                openCell()
                write(tag)
            }
            return
        case .section, .row, .cell:
            // A part of a table outside any table is only its text.
            guard nearest(.table, until: []) != nil else {
                return
            }
            openImplied(by: role)
        case .inline, .block, .item, .definition, .table:
            openCell()
        }
        push(tag)
    }

    private mutating func push(_ tag: HTMLLexer.Tag) {
        // The parts of a table may go as far beyond the limit as one table needs.
        let isPart = !Group(tag.name).isDisjoint(with: [.body, .row, .cell, .caption, .columns])
        guard open.count < Limits.htmlDepth + (isPart ? 3 : 0), elements < Limits.htmlElements
        else {
            omitted[tag.name, default: 0] += 1
            return
        }
        write(tag)
        open.append((tag.name, Group(tag.name)))
    }

    /// Opens what a row or a cell stands in when it was left out (HTML §13.2.6.4.9), so that the
    /// depth counts it.
    private mutating func openImplied(by role: Role) {
        let isPart = role == .row || role == .cell
        if isPart, nearest(.body, until: .table) == nil {
            push(HTMLLexer.Tag(name: "tbody", attributes: []))
        }
        if role == .cell, nearest(.row, until: .table) == nil {
            push(HTMLLexer.Tag(name: "tr", attributes: []))
        }
    }

    /// Opens a cell for content that stands in a table but in none of its cells. A browser would
    /// move it before the table; here it stays where its writer put it.
    private mutating func openCell() {
        guard let top = open.last else {
            return
        }
        if top.group == .columns {
            close(downTo: open.count - 1)
        } else if top.group.isDisjoint(with: [.table, .body, .row]) {
            return
        }
        openImplied(by: .cell)
        push(HTMLLexer.Tag(name: "td", attributes: []))
    }

    private mutating func end(_ name: String) {
        guard let role = Self.roles[name] else {
            return
        }
        if role == .void {
            if name == "br" {
                openCell()
                out.append(contentsOf: "<br>".utf8)
            }
            return
        }
        if let count = omitted[name] {
            omitted[name] = count > 1 ? count - 1 : nil
            return
        }
        let barrier: Group
        switch role {
        case .table: barrier = []
        case .section, .row, .cell: barrier = .table
        default: barrier = .inTable
        }
        if let position = nearest(name, until: barrier) {
            close(downTo: position)
        }
    }

    /// Closes what a start tag ends without saying so (HTML §13.1.2.4, optional tags).
    private mutating func closeImplied(by name: String, role: Role) {
        switch role {
        case .block, .table:
            closeNearest(.paragraph, until: .inTable)
        case .item:
            closeNearest(.paragraph, until: .inTable)
            closeNearest(.item, until: Group.inTable.union(.list))
        case .definition:
            closeNearest(.paragraph, until: .inTable)
            closeNearest(.definition, until: Group.inTable.union(.list))
        case .void where name == "hr":
            closeNearest(.paragraph, until: .inTable)
        case .inline where name == "a":
            closeNearest(.link, until: .inTable)
        case .section: closeNearest([.body, .caption, .columns], until: .table)
        case .row: closeNearest([.row, .caption, .columns], until: .table)
        case .cell: closeNearest([.cell, .caption, .columns], until: [.row, .table])
        case .void, .inline: break
        }
    }

    private mutating func closeNearest(_ group: Group, until barrier: Group) {
        if let position = nearest(group, until: barrier) {
            close(downTo: position)
        }
    }

    /// The position of the innermost open element of a group, not looking beyond `barrier`.
    private func nearest(_ group: Group, until barrier: Group) -> Int? {
        var position = open.count - 1
        while position >= 0 {
            if !open[position].group.isDisjoint(with: group) {
                return position
            }
            if !open[position].group.isDisjoint(with: barrier) {
                return nil
            }
            position -= 1
        }
        return nil
    }

    private func nearest(_ name: String, until barrier: Group) -> Int? {
        var position = open.count - 1
        while position >= 0 {
            if open[position].name == name {
                return position
            }
            if !open[position].group.isDisjoint(with: barrier) {
                return nil
            }
            position -= 1
        }
        return nil
    }

    private mutating func close(downTo position: Int) {
        while open.count > position, let last = open.popLast() {
            writeEnd(last.name)
        }
    }

    private mutating func write(_ tag: HTMLLexer.Tag) {
        elements += 1
        // Attributes of formatting elements other than these two mean nothing here, and equal
        // elements are what bounds the tree builder's list of them.
        let plain = Self.formatting.contains(tag.name) && tag.name != "a" && tag.name != "code"
        out.append(UInt8(ascii: "<"))
        out.append(contentsOf: tag.name.utf8)
        for attribute in tag.attributes where !plain {
            out.append(UInt8(ascii: " "))
            out.append(contentsOf: attribute.name.utf8)
            out.append(contentsOf: "=\"".utf8)
            for byte in attribute.value {
                switch byte {
                case UInt8(ascii: "\""): out.append(contentsOf: "&quot;".utf8)
                case UInt8(ascii: "<"): out.append(contentsOf: "&lt;".utf8)
                case UInt8(ascii: ">"): out.append(contentsOf: "&gt;".utf8)
                case 0: out.append(contentsOf: "\u{fffd}".utf8)
                default: out.append(byte)
                }
            }
            out.append(UInt8(ascii: "\""))
        }
        out.append(UInt8(ascii: ">"))
    }

    private mutating func writeEnd(_ name: String) {
        out.append(contentsOf: "</".utf8)
        out.append(contentsOf: name.utf8)
        out.append(UInt8(ascii: ">"))
    }
}
