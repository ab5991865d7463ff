/// HTML of mails and pasted pages into Markdown.
package enum HTMLToMarkdown {
    /// How a conversion treats links and images.
    package struct Options: Sendable {
        /// Images stay HTML, with their width and height.
        package var keepImageTags: Bool
        /// Images of the mail itself (`cid:`) stay HTML, so that uploads can take their place.
        package var keepEmbeddedImages: Bool
        /// Schemes of links that stay links; of the others the text stays.
        package var schemes: Set<String>

        package init(
            keepImageTags: Bool = false,
            keepEmbeddedImages: Bool = false,
            schemes: Set<String> = ["http", "https", "mailto"]
        ) {
            self.keepImageTags = keepImageTags
            self.keepEmbeddedImages = keepEmbeddedImages
            self.schemes = schemes
        }
    }

    /// Converts `html`.
    package static func convert(_ html: String, options: Options = Options()) -> String {
        convert(HTMLTree(parsing: html), options: options)
    }

    /// Converts a tree, from which the caller may have taken quotes and signatures away.
    package static func convert(_ tree: HTMLTree, options: Options = Options()) -> String {
        var writer = MarkdownWriter(options: options)
        writer.write(tree)
        return writer.finish()
    }
}
