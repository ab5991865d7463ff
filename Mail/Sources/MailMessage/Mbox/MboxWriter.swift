/// Writes mails into an mbox file of the mboxrd kind: every line that begins with `From `, after any
/// number of `>`, gets one `>` more, so that reading it gives the very bytes back.
package enum MboxWriter {
    /// One mail with its `From ` line and the blank line behind it; line ends are LF.
    ///
    /// - Parameters:
    ///   - sender: For the `From ` line: no blanks.
    ///   - date: When it was delivered.
    package static func entry(_ mail: [UInt8], from sender: String, at date: MailDate) -> [UInt8] {
        let name =
            sender.isEmpty || sender.contains(where: \.isWhitespace) ? "MAILER-DAEMON" : sender
        var output = Array("From \(name) \(date.asctime)\n".utf8)
        output.reserveCapacity(mail.count + mail.count / 32 + 100)
        var rest = mail[...]
        while !rest.isEmpty {
            let end = rest.firstIndex(of: ASCII.lf) ?? rest.endIndex
            var line = rest[rest.startIndex..<end]
            if line.last == ASCII.cr { line.removeLast() }
            if line.drop(while: { $0 == ASCII.greater }).starts(with: "From ".utf8) {
                output.append(ASCII.greater)
            }
            output += line
            output.append(ASCII.lf)
            rest = rest[min(end + 1, rest.endIndex)...]
        }
        output.append(ASCII.lf)
        return output
    }
}
