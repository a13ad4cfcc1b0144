/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "reg-tabular"

#include "tabular/reg-xml-scanner.h"

static inline gboolean
is_space (char c)
{
  return c == ' ' || c == '\n' || c == '\t' || c == '\r';
}

/* The name from @p on, its prefix left out. Returns what follows it. */
static inline char *
scan_name (RegXmlScanner *self, char *p)
{
  self->name = p;
  for (; *p != '>' && *p != '/' && *p != '<' && *p != '\0' && !is_space (*p); p++)
    if (*p == ':')
      self->name = p + 1;
  self->name_len = (gsize)(p - self->name);
  return p;
}

static RegXmlToken
scan_text (RegXmlScanner *self)
{
  gboolean plain;
  char *p = reg_xml_skip_text (self->p, &plain);

  if (*p == '\0')
    return REG_XML_NEEDS_MORE;
  self->text = self->p;
  self->text_len = (gsize)(p - self->p);
  self->plain = plain;
  self->literal = FALSE;
  self->p = p;
  return REG_XML_TEXT;
}

static RegXmlToken
scan_end_tag (RegXmlScanner *self)
{
  char *p = scan_name (self, self->p + 2);

  while (is_space (*p))
    p++;
  if (*p == '\0')
    return REG_XML_NEEDS_MORE;
  if (*p != '>' || self->name_len == 0)
    return REG_XML_WRONG;
  self->p = p + 1;
  return REG_XML_END;
}

static RegXmlToken
scan_start_tag (RegXmlScanner *self)
{
  char *p = scan_name (self, self->p + 1);

  if (self->name_len == 0)
    return *p == '\0' ? REG_XML_NEEDS_MORE : REG_XML_WRONG;
  self->n_attributes = 0;
  for (;;)
    {
      RegXmlAttribute attribute;
      char quote;

      while (is_space (*p))
        p++;
      if (*p == '>' || *p == '/')
        break;
      attribute.name = p;
      while (*p != '=' && *p != '>' && *p != '<' && *p != '/' && *p != '\0' && !is_space (*p))
        p++;
      attribute.name_len = (gsize)(p - attribute.name);
      while (is_space (*p))
        p++;
      if (*p == '=')
        p++;
      while (is_space (*p))
        p++;
      quote = *p;
      if (quote == '\0')
        return REG_XML_NEEDS_MORE;
      if (quote != '"' && quote != '\'')
        return REG_XML_WRONG;
      attribute.value = ++p;
      while (*p != quote && *p != '\0')
        p++;
      if (*p == '\0')
        return REG_XML_NEEDS_MORE;
      attribute.value_len = (gsize)(p - attribute.value);
      p++;
      if (self->n_attributes < REG_XML_MAX_ATTRIBUTES)
        self->attributes[self->n_attributes++] = attribute;
    }
  self->empty = *p == '/';
  if (self->empty)
    p++;
  if (*p == '\0')
    return REG_XML_NEEDS_MORE;
  if (*p != '>')
    return REG_XML_WRONG;
  self->p = p + 1;
  return REG_XML_START;
}

/* Goes behind the next @mark after @p. */
static RegXmlToken
skip_behind (RegXmlScanner *self, char *p, const char *mark)
{
  char *found = strstr (p, mark);

  if (found == NULL)
    return REG_XML_NEEDS_MORE;
  self->p = found + strlen (mark);
  return REG_XML_OTHER;
}

static RegXmlToken
scan_declaration (RegXmlScanner *self)
{
  static const char cdata[] = "<![CDATA[";
  static const char comment[] = "<!--";
  char *start = self->p;
  gsize left = strnlen (start, sizeof cdata - 1);

  if (strncmp (start, comment, MIN (left, sizeof comment - 1)) == 0)
    return left < sizeof comment - 1 ? REG_XML_NEEDS_MORE
                                     : skip_behind (self, start + sizeof comment - 1, "-->");
  if (strncmp (start, cdata, left) != 0)
    return REG_XML_DOCTYPE;
  if (left < sizeof cdata - 1
      || skip_behind (self, start + sizeof cdata - 1, "]]>") == REG_XML_NEEDS_MORE)
    return REG_XML_NEEDS_MORE;
  self->text = start + sizeof cdata - 1;
  self->text_len = (gsize)(self->p - 3 - self->text);
  self->plain = FALSE;
  self->literal = TRUE;
  return REG_XML_TEXT;
}

/**
 * reg_xml_scanner_next:
 * @self: the scanner
 *
 * Finds the next token. When the text ends within it, nothing changes, and the caller comes back
 * with
 * @p in a longer text.
 *
 * Returns: what it is
 */
RegXmlToken
reg_xml_scanner_next (RegXmlScanner *self)
{
  if (self->p[0] != '<')
    return scan_text (self);
  switch (self->p[1])
    {
    case '\0':
      return REG_XML_NEEDS_MORE;
    case '/':
      return scan_end_tag (self);
    case '?':
      return skip_behind (self, self->p + 2, "?>");
    case '!':
      return scan_declaration (self);
    default:
      return scan_start_tag (self);
    }
}
