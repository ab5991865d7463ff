/// A part of a mail that is a file, or stands in the text as a picture.
package struct Attachment: Sendable, Hashable {
    /// The part in `Message.parts`.
    package let part: Int
    /// The base name; nil when the mail gives none.
    package let filename: String?
    package let contentType: String
    /// Bytes after decoding.
    package let bytes: Int
    /// Content-ID without angle brackets; HTML names it as `cid:…`.
    package let contentID: String?
    /// Whether it was meant to be shown in the text.
    package let isInline: Bool
}

extension Message {
    /// Every part that is a file: not the body, its other forms or a report for machines.
    package var attachments: [Attachment] {
        let bodies = Set((selection(preferHTML: true) + selection(preferHTML: false)).map(\.index))
        var found: [Attachment] = []
        var work = [0]
        while let index = work.popLast() {
            let part = parts[index]
            let isMessage = part.mediaType.type == "message" && index != 0
            if part.isMultipart, !part.children.isEmpty {
                work += part.children.reversed()
                continue
            }
            guard !bodies.contains(index), isMessage || part.children.isEmpty,
                !isForMachines(part), !isOtherForm(part)
            else { continue }
            found.append(attachment(part))
        }
        return found
    }

    /// The decoded bytes of an attachment.
    package func data(of attachment: Attachment) -> [UInt8] {
        decodedBody(of: parts[attachment.part])
    }

    private func attachment(_ part: Part) -> Attachment {
        let isReferred = part.contentID != nil && !part.isAttachment
        return Attachment(
            part: part.index,
            filename: part.filename,
            contentType: part.mediaType.name,
            bytes: decodedCount(of: part),
            contentID: part.contentID,
            isInline: part.disposition?.type == "inline" || isReferred
        )
    }

    private func parentType(_ part: Part) -> String? {
        part.parent.map { parts[$0].mediaType.name }
    }

    /// The status of a report, and the header of the mail it is about (RFC 3462).
    private func isForMachines(_ part: Part) -> Bool {
        parentType(part) == "multipart/report" && part.filename == nil && !part.isAttachment
    }

    /// A form of the body that was not chosen, or one that is empty.
    private func isOtherForm(_ part: Part) -> Bool {
        guard part.filename == nil, !part.isAttachment else { return false }
        if part.index == 0 { return part.mediaType.type == "text" || part.body.isEmpty }
        return parentType(part) == "multipart/alternative" && part.mediaType.type == "text"
            && ["plain", "html", "enriched", "richtext", "x-amp-html", "watch-html"].contains(
                part.mediaType.subtype
            )
    }
}
