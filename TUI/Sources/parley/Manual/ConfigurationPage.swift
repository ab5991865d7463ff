/// parley-config(5).
enum ConfigurationPage {
    static let text = #"""
        .Sh DESCRIPTION
        .Nm parley
        needs no configuration.
        What it remembers it writes itself.
        .Sh ENVIRONMENT
        .Bl -tag -width Ds
        .It Ev PARLEY_SITE
        The address of the site to open when none is named.
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
        .It Ev NO_COLOR
        When it is not empty, no colours are used.
        Colour is never the only mark of anything.
        .It Ev XDG_STATE_HOME , XDG_CACHE_HOME
        Where the files below are; by default
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
