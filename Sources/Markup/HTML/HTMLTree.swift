@preconcurrency import CGumbo

/// A piece of HTML as a flat table of nodes, made by a conforming HTML5 parser.
///
/// Nodes refer to one another by index, so that a walk needs no recursion. Comments, scripts, style
/// sheets and elements that mean nothing in a post or a mail are not in it; their text is.
package struct HTMLTree: Sendable {
    /// The index that stands for no node.
    package static let none = -1

    /// What a node is.
    package enum Kind: Sendable {
        /// The root, at index 0.
        case document
        /// An element with a name and attributes.
        case element
        /// Text with its references decoded.
        case text
    }

    /// A name in lower case and a value with its references decoded.
    package struct Attribute: Sendable, Hashable {
        package var name: String
        package var value: String
    }

    /// One node and its neighbours.
    package struct Node: Sendable {
        package var kind: Kind
        /// The element's name in lower case, or nothing.
        package var name: String
        /// The text of a text node, or nothing.
        package var text: String
        package var attributes: [Attribute]
        package var parent: Int
        package var firstChild = HTMLTree.none
        package var lastChild = HTMLTree.none
        package var previousSibling = HTMLTree.none
        package var nextSibling = HTMLTree.none

        /// The value of an attribute, or nil when it is absent.
        package func attribute(_ name: String) -> String? {
            attributes.first { $0.name == name }?.value
        }

        /// The words of the `class` attribute.
        package var classes: [String] {
            guard let value = attribute("class") else {
                return []
            }
            return value.split { $0 == " " || $0 == "\t" || $0 == "\n" }.map(String.init)
        }
    }

    package private(set) var nodes: [Node]

    /// Parses `html` as the content of a body; a whole document loses its `html`, `head` and
    /// `body`.
    package init(parsing html: String) {
        self.init(bytes: Bytes.prefix(html, limit: Limits.htmlBytes))
    }

    init(bytes: [UInt8]) {
        self.init(balanced: HTMLBalancer.balance(bytes))
    }

    /// Parses HTML as it stands. The parser's time and memory are bounded only when it is balanced.
    init(balanced: [UInt8]) {
        nodes = [Node(kind: .document, name: "", text: "", attributes: [], parent: Self.none)]
        guard !balanced.isEmpty else {
            return
        }
        var options = kGumboDefaultOptions
        options.max_errors = 0
        options.fragment_context = GUMBO_TAG_DIV
        balanced.withUnsafeBytes { buffer in
            guard let start = buffer.baseAddress?.assumingMemoryBound(to: CChar.self),
                let output = gumbo_parse_with_options(&options, start, buffer.count)
            else {
                return
            }
            defer {
                gumbo_destroy_output(&options, output)
            }
            if let root = output.pointee.root {
                copy(root)
            }
        }
    }

    /// Copies the children of gumbo's root, depth first.
    private mutating func copy(_ root: UnsafeMutablePointer<GumboNode>) {
        var pending: [(vector: GumboVector, next: UInt32, parent: Int)] = []
        pending.append((root.pointee.v.element.children, 0, 0))
        while let top = pending.last {
            guard top.next < top.vector.length, let data = top.vector.data,
                let raw = data[Int(top.next)]
            else {
                pending.removeLast()
                continue
            }
            pending[pending.count - 1].next += 1
            let child = raw.assumingMemoryBound(to: GumboNode.self)
            switch child.pointee.type {
            case GUMBO_NODE_ELEMENT:
                let element = child.pointee.v.element
                let index = append(
                    Node(
                        kind: .element,
                        name: Self.name(of: element),
                        text: "",
                        attributes: Self.attributes(of: element),
                        parent: top.parent
                    )
                )
                pending.append((element.children, 0, index))
            case GUMBO_NODE_TEXT, GUMBO_NODE_WHITESPACE, GUMBO_NODE_CDATA:
                let text = String(cString: child.pointee.v.text.text)
                append(Node(kind: .text, name: "", text: text, attributes: [], parent: top.parent))
            default:
                break
            }
        }
    }

    @discardableResult
    private mutating func append(_ node: Node) -> Int {
        let index = nodes.count
        var added = node
        let last = nodes[node.parent].lastChild
        added.previousSibling = last
        nodes.append(added)
        if last == Self.none {
            nodes[node.parent].firstChild = index
        } else {
            nodes[last].nextSibling = index
        }
        nodes[node.parent].lastChild = index
        return index
    }

    private static func name(of element: GumboElement) -> String {
        guard element.tag != GUMBO_TAG_UNKNOWN, let name = gumbo_normalized_tagname(element.tag)
        else {
            var piece = element.original_tag
            gumbo_tag_from_original_text(&piece)
            guard let start = piece.data else {
                return ""
            }
            let bytes = UnsafeRawBufferPointer(start: start, count: Int(piece.length))
            return Bytes.lowercased(bytes)
        }
        return String(cString: name)
    }

    private static func attributes(of element: GumboElement) -> [Attribute] {
        guard element.attributes.length > 0, let data = element.attributes.data else {
            return []
        }
        var found: [Attribute] = []
        found.reserveCapacity(Int(element.attributes.length))
        for index in 0..<Int(element.attributes.length) {
            guard let raw = data[index] else {
                continue
            }
            let attribute = raw.assumingMemoryBound(to: GumboAttribute.self).pointee
            found.append(
                Attribute(
                    name: String(cString: attribute.name),
                    value: String(cString: attribute.value)
                )
            )
        }
        return found
    }
}

extension HTMLTree {
    /// The node at an index.
    package subscript(_ index: Int) -> Node {
        nodes[index]
    }

    /// The indices of a node's children, in order.
    package func children(of index: Int) -> [Int] {
        var found: [Int] = []
        var child = nodes[index].firstChild
        while child != Self.none {
            found.append(child)
            child = nodes[child].nextSibling
        }
        return found
    }

    /// The indices of the tree below `index`, itself left out, in document order.
    package func descendants(of index: Int) -> [Int] {
        var found: [Int] = []
        var current = nodes[index].firstChild
        while current != Self.none {
            found.append(current)
            current = following(current, within: index)
        }
        return found
    }

    /// The next node in document order that is still below `root`.
    package func following(_ index: Int, within root: Int) -> Int {
        if nodes[index].firstChild != Self.none {
            return nodes[index].firstChild
        }
        return followingSkippingChildren(index, within: root)
    }

    /// The next node in document order after everything below `index`, still below `root`.
    package func followingSkippingChildren(_ index: Int, within root: Int) -> Int {
        var current = index
        while current != root, current != Self.none {
            if nodes[current].nextSibling != Self.none {
                return nodes[current].nextSibling
            }
            current = nodes[current].parent
        }
        return Self.none
    }

    /// All text below a node, put together.
    package func text(of index: Int) -> String {
        var text = nodes[index].text
        for descendant in descendants(of: index) {
            text += nodes[descendant].text
        }
        return text
    }

    /// Takes a node and everything below it out of the tree. The root cannot be taken out.
    package mutating func remove(_ index: Int) {
        let node = nodes[index]
        guard node.parent != Self.none else {
            return
        }
        if node.previousSibling == Self.none {
            nodes[node.parent].firstChild = node.nextSibling
        } else {
            nodes[node.previousSibling].nextSibling = node.nextSibling
        }
        if node.nextSibling == Self.none {
            nodes[node.parent].lastChild = node.previousSibling
        } else {
            nodes[node.nextSibling].previousSibling = node.previousSibling
        }
        nodes[index].parent = Self.none
        nodes[index].previousSibling = Self.none
        nodes[index].nextSibling = Self.none
    }
}
