/// The site as a whole.
extension API {
    package enum Site {
        package static let show = Endpoint<NoBody, SiteBody>(.get, "/site")
        package static let basicInfo = Endpoint<NoBody, BasicInfoBody>(.get, "/site/basic-info")
        package static let about = Endpoint<NoBody, AboutReply>(.get, "/about")
        package static let manifest = Endpoint<NoBody, ManifestBody>(.get, "/manifest")

<<<<<<< HEAD
        package static let openAPI = Endpoint<NoBody, WireValue>(.get, "/openapi")

        static let signatures = [
            show.signature, basicInfo.signature, about.signature, manifest.signature,
            openAPI.signature,
=======
        static let signatures = [
            show.signature, basicInfo.signature, about.signature, manifest.signature,
>>>>>>> bd0dfcc3c44494509576d17c1eb57b98b3bcc9fd
        ]
    }
}
