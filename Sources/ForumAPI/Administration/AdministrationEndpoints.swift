/// What administrators decide about the site.
extension API {
    package enum Administration {
        package static let settings = Endpoint<SiteSettingListQuery, SiteSettingListReply>(
            .get,
            "/admin/site_settings"
        )
        package static let setSetting = Endpoint<WireValue, NoReply>(
            .put,
            "/admin/site_settings/{name}"
        )
        package static let texts = Endpoint<SiteTextListQuery, SiteTextListReply>(
            .get,
            "/admin/customize/site_texts"
        )
        package static let text = Endpoint<NoBody, SiteTextReply>(
            .get,
            "/admin/customize/site_texts/{id}"
        )
        package static let setText = Endpoint<SiteTextRequest, SiteTextReply>(
            .put,
            "/admin/customize/site_texts/{id}"
        )
        package static let resetText = Endpoint<NoBody, SiteTextReply>(
            .delete,
            "/admin/customize/site_texts/{id}"
        )
        package static let themes = Endpoint<NoBody, ThemeListReply>(.get, "/admin/themes")
        package static let colorSchemes = Endpoint<NoBody, [ColorSchemeBody]>(
            .get,
            "/admin/color_schemes"
        )
        package static let createColorScheme = Endpoint<ColorSchemeRequest, ColorSchemeBody>(
            .post,
            "/admin/color_schemes"
        )
        package static let plugins = Endpoint<NoBody, PluginListReply>(.get, "/admin/plugins")
        package static let dashboard = Endpoint<NoBody, DashboardReply>(.get, "/admin/dashboard")

        static let signatures = [
            settings.signature, setSetting.signature, texts.signature, text.signature,
            setText.signature, resetText.signature, themes.signature, colorSchemes.signature,
            createColorScheme.signature, plugins.signature, dashboard.signature,
        ]
    }
}
