import ForumClient
import Foundation

/// Where one account keeps what belongs to one site.
struct SiteFolders: Sendable {
    /// The address of the site.
    let url: String
    let drafts: URL
    let queue: URL
    /// For the files of editors.
    let editing: URL

    init(of site: SiteAddress) {
        url = site.text
        drafts = StateFolder.drafts(of: site)
        queue = StateFolder.queue(of: site)
        editing = StateFolder.url.appending(path: "editing")
    }
}
