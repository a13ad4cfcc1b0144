/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "reg-tabular"

#include "tabular/reg-xlsx-xml.h"

#include "tabular/reg-xlsx-part.h"
#include "tabular/reg-zip-stream.h"

#include <libxml/xmlreader.h>

/* These parts have some kilobytes; the styles of a workbook that was copied about for years, some
 * MB. */
#define MAX_PART ((gsize)32 << 20)

struct _RegXlsxXml
{
  GBytes *bytes;
  xmlTextReader *reader;
  GPtrArray *parents; /* local names of the open elements, the current one last */
};

/**
 * reg_xlsx_xml_open:
 * @zip: the container
 * @entry: (nullable): one of its files; %NULL is an error
 * @error: return location, see #RegTabularError and %G_IO_ERROR
 *
 * Returns: (transfer full) (nullable): the part, before its first element
 */
RegXlsxXml *
reg_xlsx_xml_open (RegZip *zip, const RegZipEntry *entry, GError **error)
{
  g_autoptr (RegXlsxXml) self = g_new0 (RegXlsxXml, 1);
  static gsize ready = 0;

  if (g_once_init_enter (&ready))
    {
      xmlInitParser ();
      g_once_init_leave (&ready, 1);
    }
  if (entry == NULL)
    {
      reg_xlsx_fail_damaged (error);
      return NULL;
    }
  self->parents = g_ptr_array_new_with_free_func (g_free);
  self->bytes = reg_zip_read_whole (zip, entry, MAX_PART, error);
  if (self->bytes == NULL)
    return NULL;
  self->reader =
      xmlReaderForMemory (g_bytes_get_data (self->bytes, NULL), (int)g_bytes_get_size (self->bytes),
                          NULL, NULL, XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING);
  if (self->reader == NULL)
    {
      reg_xlsx_fail_damaged (error);
      return NULL;
    }
  return g_steal_pointer (&self);
}

void
reg_xlsx_xml_free (RegXlsxXml *self)
{
  if (self == NULL)
    return;
  g_clear_pointer (&self->reader, xmlFreeTextReader);
  g_clear_pointer (&self->bytes, g_bytes_unref);
  g_clear_pointer (&self->parents, g_ptr_array_unref);
  g_free (self);
}

/**
 * reg_xlsx_xml_next:
 * @self: the part
 * @error: return location, see #RegTabularError
 *
 * Goes to the next element, in the order of the start tags.
 *
 * Returns: whether there is one; %FALSE without error at the end
 */
gboolean
reg_xlsx_xml_next (RegXlsxXml *self, GError **error)
{
  int status;

  while ((status = xmlTextReaderRead (self->reader)) == 1)
    switch (xmlTextReaderNodeType (self->reader))
      {
      case XML_READER_TYPE_DOCUMENT_TYPE:
        return reg_xlsx_fail_doctype (error);
      case XML_READER_TYPE_ELEMENT:
        g_ptr_array_set_size (self->parents,
                              MIN (xmlTextReaderDepth (self->reader), (int)self->parents->len));
        g_ptr_array_add (self->parents,
                         g_strdup ((const char *)xmlTextReaderConstLocalName (self->reader)));
        return TRUE;
      default:
        break;
      }
  if (status < 0)
    reg_xlsx_fail_damaged (error);
  return FALSE;
}

/**
 * reg_xlsx_xml_get_name:
 * @self: the part
 *
 * Returns: the name of the element, without a prefix
 */
const char *
reg_xlsx_xml_get_name (RegXlsxXml *self)
{
  return self->parents->pdata[self->parents->len - 1];
}

/**
 * reg_xlsx_xml_is_within:
 * @self: the part
 * @name: of an element
 *
 * Returns: whether that is the parent of the current element
 */
gboolean
reg_xlsx_xml_is_within (RegXlsxXml *self, const char *name)
{
  return self->parents->len >= 2
         && strcmp (self->parents->pdata[self->parents->len - 2], name) == 0;
}

/**
 * reg_xlsx_xml_dup_attribute:
 * @self: the part
 * @name: of an attribute in no namespace
 *
 * Returns: (transfer full) (nullable): its value
 */
char *
reg_xlsx_xml_dup_attribute (RegXlsxXml *self, const char *name)
{
  xmlChar *value = xmlTextReaderGetAttribute (self->reader, (const xmlChar *)name);
  char *copy = g_strdup ((const char *)value);

  xmlFree (value);
  return copy;
}

/**
 * reg_xlsx_xml_dup_relation:
 * @self: the part
 *
 * The attribute `id` in the namespace of relations, of which there are two.
 *
 * Returns: (transfer full) (nullable): its value
 */
char *
reg_xlsx_xml_dup_relation (RegXlsxXml *self)
{
  static const char *const namespaces[] = {
    "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    "http://purl.oclc.org/ooxml/officeDocument/relationships"
  };

  for (gsize i = 0; i < G_N_ELEMENTS (namespaces); i++)
    {
      xmlChar *value = xmlTextReaderGetAttributeNs (self->reader, (const xmlChar *)"id",
                                                    (const xmlChar *)namespaces[i]);

      if (value != NULL)
        {
          char *copy = g_strdup ((const char *)value);

          xmlFree (value);
          return copy;
        }
    }
  return NULL;
}
