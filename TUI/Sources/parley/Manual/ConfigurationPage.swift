/// parley-config(5): the settings from their definitions, the rest written here.
enum ConfigurationPage {
    static func text() -> String {
        let settings = Configuration.definitions.map { definition in
            let standard =
                definition.standard.isEmpty ? [] : ["By default \(definition.standard)."]
            return
                ([".It Ic \(definition.name)"] + Roff.sentences(definition.description) + standard)
                .joined(separator: "\n")
        }
        return description + settings.joined(separator: "\n") + "\n" + rest
    }

    private static let description = #"""
        .Sh DESCRIPTION
        .Nm parley
        needs no configuration: everything has a default, and what it remembers it writes itself.
        Whoever wants something else writes
        .Pa ~/.config/parley/config ,
        which the program never does:
        .Bd -literal -offset indent
        mouse = on

        [site https://forum.example]
        credential_command = pass show forum

        [keys topic]
        Space = page-forward
        X = like next
        .Ed
        .Pp
        The section of a site names a command that prints a key of yours, which is then kept nowhere else.
        A section
        .Ic keys
        gives keys of a screen other meanings, also several, which are done one after the other;
        .Xr parley-keys 7
        has the names of both, and
        .Ic parley config keys
        prints what counts.
        .Ic parley config
        shows each setting and where it comes from.
        The settings are:
        .Bl -tag -width Ds

        """#

    private static let rest = #"""
        .El
        .Sh ENVIRONMENT
        .Bl -tag -width Ds
        .It Ev PARLEY_SITE
        The address of the site to open when none is named.
        .It Ev PARLEY_ACCOUNT
        Which of several accounts on a site is used.
        .It Ev PARLEY_SCREEN_READER
        When it is neither empty nor 0, plain mode.
        .It Ev VISUAL , EDITOR
        The editor of
        .Ic ^E ,
        the first that is set;
        .Xr vi 1
        when neither is.
        .It Ev BROWSER
        The program that opens links;
        .Xr xdg-open 1
        on a desktop.
        Without one, links are shown to be copied.
        .It Ev PARLEY_IMAGE_VIEWER
        The program that shows pictures, before
        .Ic image_viewer ;
        it is run by the shell and given a file.
        .It Ev NO_COLOR
        When it is not empty, no colours are used.
        Colour is never the only mark of anything.
        .It Ev XDG_CONFIG_HOME , XDG_STATE_HOME , XDG_CACHE_HOME
        Where the files are; by default
        .Pa ~/.config ,
        .Pa ~/.local/state
        and
        .Pa ~/.cache .
        .It Ev LC_ALL , LC_CTYPE , LANG
        The locale.
        Where it is not UTF-8, C.UTF-8 is tried.
        .El
        .Sh FILES
        All are readable by their owner alone.
        .Bl -tag -width Ds
        .It Pa ~/.local/state/parley/*.json
        The logins, one file a site, and the sites that were used.
        .It Pa ~/.local/state/parley/drafts/
        What was typed and not sent.
        .It Pa ~/.local/state/parley/editing/
        The text that is open in an editor.
        .It Pa ~/.local/state/parley/queue/
        Posts that wait for the network, or for the seconds in which they can be taken back.
        .It Pa ~/.local/state/parley/parley.log
        Messages of the program itself while it has the screen.
        .It Pa ~/.cache/parley/*.sqlite
        What was read or fetched with
        .Ic parley sync ,
        one file a site and account.
        It can be deleted at any time.
        .El
        """#
}
