/// A tag of a topic. Sent as an object; older servers send the bare name, which is read as well.
package struct TagReferenceBody: Sendable, Hashable {
    package var id: Int
    package var name: String
    package var slug: String

    package init(id: Int, name: String, slug: String) {
        self.id = id
        self.name = name
        self.slug = slug
    }
}

extension TagReferenceBody: Codable {
    private enum CodingKeys: String, CodingKey {
        case id
        case name
        case slug
    }

    package init(from decoder: any Decoder) throws {
        if let wire = decoder as? WireDecoder, let name = wire.value?.stringValue {
            self.init(id: 0, name: name, slug: name)
            return
        }
        let container = try decoder.container(keyedBy: CodingKeys.self)
        self.init(
            id: try container.decode(Int.self, forKey: .id),
            name: try container.decode(String.self, forKey: .name),
            slug: try container.decode(String.self, forKey: .slug)
        )
    }
}
