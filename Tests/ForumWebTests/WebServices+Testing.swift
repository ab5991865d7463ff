import Forum
import ForumMail
import ForumWeb

extension WebServices {
    /// What the web door has in tests: archives are real, mail goes nowhere.
    static func under(test community: Community, _ bus: LiveBus) -> WebServices {
        var services = WebServices(
            community: community,
            bus: bus,
            views: TopicViews(community: community),
            archive: { scope, isCompressed, viewer in
                MboxArchive(scope, of: community, for: viewer, isCompressed: isCompressed)
            },
            takeMail: { _ in }
        )
        services.inspectMail = { _ in
            InspectedMail(text: "Words.", elided: "", isHTML: false, json: Array("{}".utf8))
        }
        return services
    }
}
