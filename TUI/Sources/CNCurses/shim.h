#ifndef PARLEY_CNCURSES_SHIM_H
#define PARLEY_CNCURSES_SHIM_H

// Must come before <curses.h>: SwiftPM drops the -D flags that ncursesw.pc asks for, and without
// this one the functions for wide characters are not declared.
#define NCURSES_WIDECHAR 1
// wcwidth is declared for X/Open programs only.
#ifndef _XOPEN_SOURCE
#define _XOPEN_SOURCE 700
#endif
// Functions, not macros: Swift sees functions only.
#define NCURSES_NOMACROS 1

#include <curses.h>
#include <langinfo.h>
#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <term.h>
#include <wchar.h>

// What Swift cannot reach by itself: global variables that it holds for unsafe, macros that take
// arguments, and constants made of casts.

static inline SCREEN *nc_newterm(void) { return newterm(NULL, stdout, stdin); }
static inline WINDOW *nc_stdscr(void) { return stdscr; }
static inline int nc_colors(void) { return COLORS; }
static inline int nc_err(void) { return ERR; }
static inline int nc_get_wch(WINDOW *window, wint_t *out) { return wget_wch(window, out); }

static inline unsigned nc_bold(void) { return A_BOLD; }
static inline unsigned nc_dim(void) { return A_DIM; }
static inline unsigned nc_underline(void) { return A_UNDERLINE; }
static inline unsigned nc_reverse(void) { return A_REVERSE; }
static inline unsigned nc_italic(void) { return A_ITALIC; }

// One cell: a base character with its combining marks, attributes and a colour pair.
static inline int nc_put(WINDOW *window, int row, int column, const wchar_t *text,
                         unsigned attributes, int pair) {
  cchar_t cell;
  if (setcchar(&cell, text, (attr_t)attributes, (short)pair, NULL) == ERR) return ERR;
  return mvwadd_wch(window, row, column, &cell);
}

// The mouse: presses of the first button and the wheel, which are the fourth and the fifth.
static inline void nc_use_mouse(void) {
  mousemask(BUTTON1_PRESSED | BUTTON4_PRESSED | BUTTON5_PRESSED, NULL);
  mouseinterval(0);
}
static inline void nc_leave_mouse(void) { mousemask(0, NULL); }
// What happened: 0 nothing, 1 a press of the first button, 4 the wheel up, 5 the wheel down.
static inline int nc_mouse(int *column, int *row) {
  MEVENT event;
  if (getmouse(&event) == ERR) return 0;
  *column = event.x;
  *row = event.y;
  if (event.bstate & BUTTON4_PRESSED) return 4;
  if (event.bstate & BUTTON5_PRESSED) return 5;
  return event.bstate & BUTTON1_PRESSED ? 1 : 0;
}

// A capability of the terminal as a string; NULL when there is none.
static inline const char *nc_capability(const char *name) {
  const char *value = tigetstr(name);
  return value == (const char *)-1 ? NULL : value;
}

// Columns that the C library, and with it ncurses, counts for a character.
static inline int nc_width(wchar_t character) { return wcwidth(character); }

// 1 when characters are UTF-8 in the locale that is set.
static inline int nc_is_utf8(void) {
  const char *name = nl_langinfo(CODESET);
  return name != NULL && name[0] == 'U' && name[1] == 'T' && name[2] == 'F';
}

#endif
