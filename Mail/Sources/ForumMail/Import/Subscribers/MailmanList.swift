import Forum

/// The members of a list of Mailman 2, from its `config.pck` or what `dumpdb` prints of it.
enum MailmanList {
    /// Of `user_options` (Mailman/Defaults.py).
    private static let moderated = 128

    static func subscribers(_ list: PythonValue) -> [ImportedSubscriber] {
        let regular = list["members"].texts.map { ($0, Delivery.each) }
        let digests = list["digest_members"].texts.map { ($0, Delivery.daily) }
        let members = (regular + digests).map { address, delivery in
            // 0 enabled; unknown, by the user, by the administrator, by bounces.
            let isEnabled = (list["delivery_status"][address].list.first?.number ?? 0) == 0
            let options = Int(list["user_options"][address].number ?? 0)
            return ImportedSubscriber(
                address: address,
                name: list["usernames"][address].text,
                delivery: isEnabled ? delivery : .web,
                standing: options & moderated == 0 ? .member : .moderated
            )
        }
        let banned = list["ban_list"].texts.filter { !$0.hasPrefix("^") }.map { address in
            ImportedSubscriber(address: address, standing: .banned)
        }
        return members + banned
    }
}
