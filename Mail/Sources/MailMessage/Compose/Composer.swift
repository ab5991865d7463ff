/// Why a mail could not be built.
package enum ComposeError: Error, Sendable, Hashable {
    /// A name or value of this field holds CR, LF, NUL or another control character.
    case controlCharacter(field: String)
    /// A name of a field that RFC 5322 does not allow.
    case fieldName(String)
    /// An address without `@`, or with characters that only SMTPUTF8 could carry.
    case address(String)
    /// A word of this field is longer than a line may be.
    case tooLong(field: String)
}

/// Builds a mail as RFC 5322 and MIME want it: CRLF, ASCII, lines of at most 78 characters where they
/// can be broken and 998 where they cannot.
///
/// It invents nothing: Message-ID, Date and all the rest are given by the caller, in their order.
package struct Composer: Sendable {
    /// A field of the header.
    package enum Field: Sendable {
        /// Free text, e.g. a subject: encoded words where it is not ASCII (RFC 2047).
        case text(String, String)
        /// A list of addresses.
        case addresses(String, [Address])
        /// A value with a grammar of its own, e.g. `<id@host>` or `<https://…>`: ASCII only.
        case structured(String, String)
        case date(String, MailDate)
    }

    /// A file.
    package struct File: Sendable {
        package let filename: String
        package let contentType: String
        package let bytes: [UInt8]
        /// Content-ID without brackets, for files that the HTML refers to.
        package let contentID: String?

        package init(
            filename: String,
            contentType: String,
            bytes: [UInt8],
            contentID: String? = nil
        ) {
            self.filename = filename
            self.contentType = contentType
            self.bytes = bytes
            self.contentID = contentID
        }
    }

    package var fields: [Field]
    package var text: String
    /// nil for a mail of plain text alone.
    package var html: String?
    package var files: [File]

    package init(fields: [Field] = [], text: String, html: String? = nil, files: [File] = []) {
        self.fields = fields
        self.text = text
        self.html = html
        self.files = files
    }

    /// The mail with CRLF line ends, ready for DATA (dots are not stuffed).
    package func build() throws(ComposeError) -> [UInt8] {
        var output: [UInt8] = []
        for field in fields { output += Array(try HeaderWriter.line(for: field).utf8) }
        output += Array("MIME-Version: 1.0\r\n".utf8)
        guard !files.isEmpty else { return output + bodyEntity() }
        output += Array("Content-Type: multipart/mixed; boundary=\"\(Self.outer)\"\r\n\r\n".utf8)
        output += Array("--\(Self.outer)\r\n".utf8) + bodyEntity()
        for file in files {
            output += Array("\r\n--\(Self.outer)\r\n".utf8)
            output += try entity(of: file)
        }
        return output + Array("\r\n--\(Self.outer)--\r\n".utf8)
    }

    /// `=_` can stand neither in quoted-printable nor in Base64, so a boundary with it needs no search.
    private static let outer = "=_parley_mixed"
    private static let inner = "=_parley_alternative"

    /// The text, or the text and its HTML form: header and body of one entity.
    private func bodyEntity() -> [UInt8] {
        guard let html else { return textEntity(text, subtype: "plain") }
        var output = Array(
            "Content-Type: multipart/alternative; boundary=\"\(Self.inner)\"\r\n\r\n".utf8
        )
        for (subtype, content) in [("plain", text), ("html", html)] {
            output += Array("--\(Self.inner)\r\n".utf8) + textEntity(content, subtype: subtype)
            output += Array("\r\n".utf8)
        }
        return output + Array("--\(Self.inner)--\r\n".utf8)
    }

    private func textEntity(_ content: String, subtype: String) -> [UInt8] {
        let head =
            "Content-Type: text/\(subtype); charset=utf-8\r\n"
            + "Content-Transfer-Encoding: quoted-printable\r\n\r\n"
        var body = QuotedPrintable.encode(Array(LineEnds.normalised(content.withoutNUL).utf8))
        if !body.isEmpty, body.last != ASCII.lf { body += [ASCII.cr, ASCII.lf] }
        return Array(head.utf8) + body
    }

    private func entity(of file: File) throws(ComposeError) -> [UInt8] {
        let type =
            MediaType(contentType: Array(file.contentType.utf8))?.name ?? "application/octet-stream"
        let name = HeaderWriter.filename(MessageParser.baseName(file.filename) ?? "file")
        let isInline = file.contentID != nil
        var head = try HeaderWriter.line(for: .structured("Content-Type", type))
        head += "Content-Transfer-Encoding: base64\r\n"
        head += "Content-Disposition: \(isInline ? "inline" : "attachment");\r\n \(name)\r\n"
        if let id = file.contentID {
            head += try HeaderWriter.line(for: .structured("Content-ID", "<\(id)>"))
        }
        return Array((head + "\r\n").utf8) + Base64.encode(file.bytes)
    }
}
