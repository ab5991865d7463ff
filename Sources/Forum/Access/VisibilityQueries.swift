package import Postgres

/// The one predicate that decides what a viewer may read.
///
/// Every read joins one of these fragments: lists, topics, search, counts, notifications, mail, the
/// live bus. The aliases are fixed: `t` topics, `p` posts, `c` categories.
package enum Visibility {
    /// Holds for a row `c` of `categories` that the viewer may know of.
    package static func category(_ viewer: Viewer) -> SQL {
        if viewer.isAdmin { return "TRUE" }
        return """
            EXISTS (SELECT 1 FROM category_groups vg WHERE vg.category_id = c.id
                AND vg.group_id = ANY(\(viewer.groupIDs)::bigint[]))
            """
    }

    /// Holds for a row `t` of `topics` that the viewer may read; deleted topics are nobody's.
    package static func topic(_ viewer: Viewer) -> SQL {
        "(t.deleted_at IS NULL AND \(topicEvenDeleted(viewer)))"
    }

    /// As `topic(_:)`, but staff also finds what was deleted (to recover it).
    package static func topicOrDeletedForStaff(_ viewer: Viewer) -> SQL {
        viewer.isStaff ? topicEvenDeleted(viewer) : topic(viewer)
    }

    /// Holds for a row `p` of `posts` whose topic `t` has been checked already.
    package static func post(_ viewer: Viewer) -> SQL {
        guard let principal = viewer.principal else {
            return "(p.deleted_at IS NULL AND p.post_type <> 4 AND NOT p.hidden)"
        }
        if principal.isStaff { return "p.deleted_at IS NULL" }
        return """
            (p.deleted_at IS NULL AND p.post_type <> 4
                AND (NOT p.hidden OR p.user_id = \(principal.id)))
            """
    }

    /// Holds for a row `g` of `tags` that the viewer may know of: one of no tag group, or of a tag
    /// group that is open to one of the viewer's groups. Staff knows all tags.
    package static func tag(_ viewer: Viewer) -> SQL {
        if viewer.isStaff { return "TRUE" }
        return """
            (NOT g.restricted OR EXISTS (SELECT 1 FROM tag_group_memberships vm
                JOIN tag_group_permissions vg ON vg.tag_group_id = vm.tag_group_id
                WHERE vm.tag_id = g.id AND vg.group_id = ANY(\(viewer.groupIDs)::bigint[])))
            """
    }

    /// `topic(_:)` turned round, for questions about many readers at once: whether the user `u` may
    /// read the topic `t`.
    package static let topicByReader: SQL = """
        (t.deleted_at IS NULL AND ((t.archetype = 'regular'
            AND (t.visible OR u.admin OR u.moderator OR (t.user_id = u.id AND t.import_id IS NULL))
            AND (u.admin OR EXISTS (SELECT 1 FROM category_groups cg
                WHERE cg.category_id = t.category_id AND (cg.group_id = 0 OR EXISTS (
                    SELECT 1 FROM group_users gu
                    WHERE gu.group_id = cg.group_id AND gu.user_id = u.id)))))
        OR (t.archetype = 'private_message' AND (u.admin
            OR EXISTS (SELECT 1 FROM topic_allowed_users ta
                WHERE ta.topic_id = t.id AND ta.user_id = u.id)
            OR EXISTS (SELECT 1 FROM topic_allowed_groups ta
                JOIN group_users gu ON gu.group_id = ta.group_id
                WHERE ta.topic_id = t.id AND gu.user_id = u.id)))))
        """

    private static func topicEvenDeleted(_ viewer: Viewer) -> SQL {
        guard let principal = viewer.principal else {
            return "(t.archetype = 'regular' AND t.visible AND \(inVisibleCategory(viewer)))"
        }
        let listed: SQL =
            principal.isStaff
            ? "TRUE"
            : "(t.visible OR (t.user_id = \(principal.id) AND t.import_id IS NULL))"
        return """
            ((t.archetype = 'regular' AND \(listed) AND \(inVisibleCategory(viewer)))
                OR (t.archetype = 'private_message' AND \(message(principal))))
            """
    }

    private static func inVisibleCategory(_ viewer: Viewer) -> SQL {
        if viewer.isAdmin { return "TRUE" }
        // An array is made once for the statement; a subquery would be taken for a join, and a list
        // by activity would be sorted whole instead of walked along its index.
        return """
            t.category_id = ANY(ARRAY(SELECT vg.category_id FROM category_groups vg
                WHERE vg.group_id = ANY(\(viewer.groupIDs)::bigint[])))
            """
    }

    private static func message(_ principal: Principal) -> SQL {
        if principal.isAdmin { return "TRUE" }
        return """
            (EXISTS (SELECT 1 FROM topic_allowed_users va
                    WHERE va.topic_id = t.id AND va.user_id = \(principal.id))
                OR EXISTS (SELECT 1 FROM topic_allowed_groups va
                    WHERE va.topic_id = t.id AND va.group_id <> 0
                        AND va.group_id = ANY(\(principal.groupIDs)::bigint[])))
            """
    }
}
