/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "reg-tabular"

#include "tabular/reg-xlsx-workbook.h"

#include "tabular/reg-tabular-error.h"
#include "tabular/reg-xlsx-part.h"
#include "tabular/reg-xlsx-xml.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define MAX_STYLES 100000u
/* So many that no program writes more; their ids are keys of a table, and could be chosen to
 * collide. */
#define MAX_RELATIONS 5000u
#define MAX_CODES 10000u

typedef struct
{
  RegXlsxWorkbook public;
  RegZip *zip;
  GHashTable *parts; /* relation id → path in the container */
  GPtrArray *ids;    /* relation ids of the sheets */
  guint first_visible;
  char *strings;
  char *styles;
} Workbook;

static gboolean
fail (GError **error, RegTabularError code, const char *message)
{
  g_set_error_literal (error, REG_TABULAR_ERROR, (int)code, message);
  return FALSE;
}

/* A zip in which no workbook is to be found: says what it is instead. */
static gboolean
fail_other_kind (RegZip *zip, GError **error)
{
  if (reg_zip_find (zip, "mimetype") != NULL && reg_zip_find (zip, "content.xml") != NULL)
    return fail (error, REG_TABULAR_ERROR_UNSUPPORTED,
                 _ ("This is an OpenDocument file. Open it in a spreadsheet program and save it as "
                    ".xlsx."));
  if (reg_zip_find (zip, "Index/Document.iwa") != NULL || reg_zip_find (zip, "Index.zip") != NULL)
    return fail (error, REG_TABULAR_ERROR_UNSUPPORTED,
                 _ ("This is a Numbers spreadsheet. Open it in Numbers and export it to Excel "
                    "(.xlsx)."));
  if (reg_zip_find (zip, "xl/workbook.bin") != NULL)
    return fail (error, REG_TABULAR_ERROR_UNSUPPORTED,
                 _ ("This is a binary workbook (.xlsb). Open it in a spreadsheet program and save "
                    "it as .xlsx."));
  if (reg_zip_find (zip, "[Content_Types].xml") != NULL)
    return fail (error, REG_TABULAR_ERROR_NOT_A_SPREADSHEET,
                 _ ("This is a document of another Office program. Choose an .xlsx or .csv file."));
  return fail (error, REG_TABULAR_ERROR_NOT_A_SPREADSHEET,
               _ ("This is a zip archive and not a spreadsheet. Unpack it and choose the "
                  "spreadsheet in it."));
}

/* Where a target leads from the folder @base, which ends in a slash or is empty. */
static char *
resolve_target (const char *base, const char *target)
{
  g_autofree char *path = NULL;
  g_auto (GStrv) steps = NULL;
  g_autoptr (GPtrArray) kept = g_ptr_array_new ();

  path =
      target[0] == '/' || target[0] == '\\' ? g_strdup (target) : g_strconcat (base, target, NULL);
  g_strdelimit (path, "\\", '/');
  steps = g_strsplit (path, "/", -1);
  for (gsize i = 0; steps[i] != NULL; i++)
    {
      if (strcmp (steps[i], "..") == 0 && kept->len > 0)
        g_ptr_array_set_size (kept, (int)kept->len - 1);
      else if (steps[i][0] != '\0' && strcmp (steps[i], ".") != 0 && strcmp (steps[i], "..") != 0)
        g_ptr_array_add (kept, steps[i]);
    }
  g_ptr_array_add (kept, NULL);
  return g_strjoinv ("/", (char **)kept->pdata);
}

typedef gboolean (*RelationFunc) (Workbook *self, const char *type, char *id, char *part);

/* Calls @found for every relation to another part; it takes @id and @part when it returns TRUE. */
static gboolean
read_relations (Workbook *self,
                const char *path,
                const char *base,
                RelationFunc found,
                GError **error)
{
  g_autoptr (GError) local = NULL;
  g_autoptr (RegXlsxXml) xml = reg_xlsx_xml_open (self->zip, reg_zip_find (self->zip, path), error);

  if (xml == NULL)
    return FALSE;
  while (reg_xlsx_xml_next (xml, &local))
    {
      g_autofree char *type = reg_xlsx_xml_dup_attribute (xml, "Type");
      g_autofree char *target = reg_xlsx_xml_dup_attribute (xml, "Target");
      g_autofree char *mode = reg_xlsx_xml_dup_attribute (xml, "TargetMode");
      g_autofree char *id = reg_xlsx_xml_dup_attribute (xml, "Id");
      g_autofree char *part = NULL;
      const char *kind;

      if (strcmp (reg_xlsx_xml_get_name (xml), "Relationship") != 0 || type == NULL
          || target == NULL || g_strcmp0 (mode, "External") == 0)
        continue;
      kind = strrchr (type, '/');
      part = resolve_target (base, target);
      if (found (self, kind != NULL ? kind + 1 : type, id, part))
        {
          id = NULL;
          part = NULL;
        }
    }
  if (local == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}

static gboolean
take_document (Workbook *self, const char *type, char *id, char *part)
{
  if (strcmp (type, "officeDocument") != 0 || g_hash_table_size (self->parts) > 0)
    return FALSE;
  g_free (id);
  g_hash_table_insert (self->parts, g_strdup (""), part);
  return TRUE;
}

static gboolean
take_part (Workbook *self, const char *type, char *id, char *part)
{
  if (strcmp (type, "sharedStrings") == 0)
    {
      g_free (self->strings);
      self->strings = g_strdup (part);
    }
  else if (strcmp (type, "styles") == 0)
    {
      g_free (self->styles);
      self->styles = g_strdup (part);
    }
  else if (strcmp (type, "worksheet") == 0 && id != NULL
           && g_hash_table_size (self->parts) < MAX_RELATIONS)
    {
      g_hash_table_insert (self->parts, id, part);
      return TRUE;
    }
  return FALSE;
}

/* Finds the workbook's own part; most files call it xl/workbook.xml. */
static char *
find_document (Workbook *self, GError **error)
{
  g_autofree char *document = NULL;

  if (reg_zip_find (self->zip, "_rels/.rels") != NULL)
    {
      if (!read_relations (self, "_rels/.rels", "", take_document, error))
        return NULL;
      document = g_strdup (g_hash_table_lookup (self->parts, ""));
      g_hash_table_remove_all (self->parts);
    }
  if (document == NULL || reg_zip_find (self->zip, document) == NULL)
    {
      g_free (document);
      document = g_strdup ("xl/workbook.xml");
    }
  if (reg_zip_find (self->zip, document) == NULL || g_str_has_suffix (document, ".bin")
      || g_str_has_prefix (document, "word/") || g_str_has_prefix (document, "ppt/"))
    {
      fail_other_kind (self->zip, error);
      return NULL;
    }
  return g_steal_pointer (&document);
}

static gboolean
is_true (const char *value)
{
  return g_strcmp0 (value, "1") == 0 || g_strcmp0 (value, "true") == 0
         || g_strcmp0 (value, "on") == 0;
}

static void
add_sheet (Workbook *self, RegXlsxXml *xml)
{
  char *id = reg_xlsx_xml_dup_relation (xml);
  char *name = reg_xlsx_xml_dup_attribute (xml, "name");
  g_autofree char *state = reg_xlsx_xml_dup_attribute (xml, "state");

  /* charts and dialogs are sheets too, but have no cells */
  if (id == NULL || name == NULL || !g_hash_table_contains (self->parts, id))
    {
      g_free (id);
      g_free (name);
      return;
    }
  if (self->first_visible == G_MAXUINT && (state == NULL || strcmp (state, "visible") == 0))
    self->first_visible = self->public.sheets->len;
  g_ptr_array_add (self->public.sheets, name);
  g_ptr_array_add (self->ids, id);
}

static gboolean
read_workbook (Workbook *self, const char *document, GError **error)
{
  g_autoptr (GError) local = NULL;
  g_autoptr (RegXlsxXml) xml =
      reg_xlsx_xml_open (self->zip, reg_zip_find (self->zip, document), error);

  if (xml == NULL)
    return FALSE;
  while (reg_xlsx_xml_next (xml, &local))
    {
      if (strcmp (reg_xlsx_xml_get_name (xml), "workbookPr") == 0)
        {
          g_autofree char *date1904 = reg_xlsx_xml_dup_attribute (xml, "date1904");

          /* An extension of the same name, which knows nothing of it, may stand further down. */
          if (date1904 != NULL)
            self->public.date1904 = is_true (date1904);
        }
      else if (strcmp (reg_xlsx_xml_get_name (xml), "sheet") == 0)
        add_sheet (self, xml);
    }
  if (local != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }
  if (self->public.sheets->len == 0)
    return fail (error, REG_TABULAR_ERROR_NO_SHEET,
                 _ ("This workbook has no sheet with cells. Choose another file."));
  return TRUE;
}

static void
add_format (Workbook *self, RegXlsxXml *xml, GHashTable *codes)
{
  g_autofree char *id = reg_xlsx_xml_dup_attribute (xml, "numFmtId");
  const char *code = id != NULL ? g_hash_table_lookup (codes, id) : NULL;
  RegXlsxFormat format =
      code != NULL
          ? reg_xlsx_format_for_code (code)
          : reg_xlsx_format_for_id (
              id != NULL ? (guint)MIN (g_ascii_strtoull (id, NULL, 10), (guint64)G_MAXUINT) : 0);

  g_array_append_val (self->public.formats, format);
}

static gboolean
read_styles (Workbook *self, GError **error)
{
  g_autoptr (GError) local = NULL;
  g_autoptr (GHashTable) codes = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  g_autoptr (RegXlsxXml) xml = NULL;

  if (self->styles == NULL || reg_zip_find (self->zip, self->styles) == NULL)
    return TRUE;
  xml = reg_xlsx_xml_open (self->zip, reg_zip_find (self->zip, self->styles), error);
  if (xml == NULL)
    return FALSE;
  while (reg_xlsx_xml_next (xml, &local))
    {
      if (strcmp (reg_xlsx_xml_get_name (xml), "numFmt") == 0
          && reg_xlsx_xml_is_within (xml, "numFmts") && g_hash_table_size (codes) < MAX_CODES)
        {
          char *id = reg_xlsx_xml_dup_attribute (xml, "numFmtId");
          char *code = reg_xlsx_xml_dup_attribute (xml, "formatCode");

          g_hash_table_insert (codes, id != NULL ? id : g_strdup (""),
                               code != NULL ? code : g_strdup (""));
        }
      else if (strcmp (reg_xlsx_xml_get_name (xml), "xf") == 0
               && reg_xlsx_xml_is_within (xml, "cellXfs") && self->public.formats->len < MAX_STYLES)
        add_format (self, xml, codes);
    }
  if (local == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}

/**
 * reg_xlsx_workbook_new:
 * @zip: the container; it must outlive the workbook
 * @error: return location, see #RegTabularError and %G_IO_ERROR
 *
 * Returns: (transfer full) (nullable): what the container has in it
 */
RegXlsxWorkbook *
reg_xlsx_workbook_new (RegZip *zip, GError **error)
{
  Workbook *self = g_new0 (Workbook, 1);
  g_autoptr (RegXlsxWorkbook) public = &self->public;
  g_autofree char *document = NULL;
  g_autofree char *base = NULL;
  g_autofree char *relations = NULL;
  const char *name;

  self->zip = zip;
  self->first_visible = G_MAXUINT;
  self->parts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->ids = g_ptr_array_new_with_free_func (g_free);
  public->sheets = g_ptr_array_new_with_free_func (g_free);
  public->formats = g_array_new (FALSE, FALSE, sizeof (RegXlsxFormat));
  document = find_document (self, error);
  if (document == NULL)
    return NULL;
  name = strrchr (document, '/');
  name = name != NULL ? name + 1 : document;
  base = g_strndup (document, (gsize)(name - document));
  relations = g_strconcat (base, "_rels/", name, ".rels", NULL);
  if (!read_relations (self, relations, base, take_part, error)
      || !read_workbook (self, document, error) || !read_styles (self, error))
    return NULL;
  g_ptr_array_add (public->sheets, NULL);
  return g_steal_pointer (&public);
}

void
reg_xlsx_workbook_free (RegXlsxWorkbook *public)
{
  Workbook *self = (Workbook *)public;

  if (self == NULL)
    return;
  g_ptr_array_unref (public->sheets);
  g_array_unref (public->formats);
  g_hash_table_unref (self->parts);
  g_ptr_array_unref (self->ids);
  g_free (self->strings);
  g_free (self->styles);
  g_free (self);
}

/**
 * reg_xlsx_workbook_choose_sheet:
 * @self: the workbook
 * @name: (nullable): of the sheet; by default the first that is not hidden
 * @entry: (out): the part that has it
 * @error: return location, %REG_TABULAR_ERROR_NO_SHEET or %REG_TABULAR_ERROR_DAMAGED
 *
 * Returns: (nullable): the name of the sheet
 */
const char *
reg_xlsx_workbook_choose_sheet (RegXlsxWorkbook *public,
                                const char *name,
                                const RegZipEntry **entry,
                                GError **error)
{
  Workbook *self = (Workbook *)public;
  guint i = self->first_visible != G_MAXUINT ? self->first_visible : 0;

  if (name != NULL)
    for (i = 0; i < self->ids->len; i++)
      if (strcmp (public->sheets->pdata[i], name) == 0)
        break;
  if (i == self->ids->len)
    {
      g_set_error (error, REG_TABULAR_ERROR, REG_TABULAR_ERROR_NO_SHEET,
                   _ ("This workbook has no sheet “%s”. Choose one of its sheets."), name);
      return NULL;
    }
  *entry = reg_zip_find (self->zip, g_hash_table_lookup (self->parts, self->ids->pdata[i]));
  if (*entry == NULL)
    {
      reg_xlsx_fail_damaged (error);
      return NULL;
    }
  return public->sheets->pdata[i];
}

/**
 * reg_xlsx_workbook_get_strings:
 * @self: the workbook
 *
 * Returns: (nullable): the part with the texts that cells share
 */
const RegZipEntry *
reg_xlsx_workbook_get_strings (RegXlsxWorkbook *public)
{
  Workbook *self = (Workbook *)public;

  return self->strings != NULL ? reg_zip_find (self->zip, self->strings) : NULL;
}
