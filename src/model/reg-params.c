/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "reg-model"

#include "model/reg-params.h"

#include <string.h>

typedef struct
{
  char *key;
  char *value;
} Pair;

struct _RegParams
{
  GArray *pairs; /* Pair, sorted by key */
};

G_DEFINE_BOXED_TYPE (RegParams, reg_params, reg_params_copy, reg_params_free)

static void
pair_clear (gpointer data)
{
  Pair *pair = data;

  g_free (pair->key);
  g_free (pair->value);
}

/* Whether the key is there; *at is its place, or where it would go. */
static gboolean
find (const RegParams *self, const char *key, guint *at)
{
  for (*at = 0; *at < self->pairs->len; (*at)++)
    {
      int order = strcmp (g_array_index (self->pairs, Pair, *at).key, key);

      if (order >= 0)
        return order == 0;
    }
  return FALSE;
}

/**
 * reg_params_new:
 *
 * Returns: (transfer full): parameters with nothing set
 */
RegParams *
reg_params_new (void)
{
  RegParams *self = g_new0 (RegParams, 1);

  self->pairs = g_array_new (FALSE, FALSE, sizeof (Pair));
  g_array_set_clear_func (self->pairs, pair_clear);
  return self;
}

/**
 * reg_params_new_from_text:
 * @text: what reg_params_to_text () made
 * @error: return location
 *
 * Returns: (transfer full): the parameters, or %NULL where the text is not theirs
 */
RegParams *
reg_params_new_from_text (const char *text, GError **error)
{
  g_autoptr (GVariant) variant =
      g_variant_parse (G_VARIANT_TYPE ("a{ss}"), text, NULL, NULL, error);
  g_autoptr (RegParams) self = NULL;
  GVariantIter iter;
  const char *key, *value;

  if (variant == NULL)
    return NULL;
  self = reg_params_new ();
  g_variant_iter_init (&iter, variant);
  while (g_variant_iter_next (&iter, "{&s&s}", &key, &value))
    reg_params_set (self, key, value);
  return g_steal_pointer (&self);
}

RegParams *
reg_params_copy (const RegParams *self)
{
  RegParams *copy = reg_params_new ();

  for (guint i = 0; i < self->pairs->len; i++)
    {
      const Pair *pair = &g_array_index (self->pairs, Pair, i);
      Pair twin = { g_strdup (pair->key), g_strdup (pair->value) };

      g_array_append_val (copy->pairs, twin);
    }
  return copy;
}

void
reg_params_free (RegParams *self)
{
  g_array_unref (self->pairs);
  g_free (self);
}

/**
 * reg_params_to_text:
 * @self: parameters
 *
 * One line of text, the same for equal parameters; what the database keeps.
 *
 * Returns: (transfer full): the text
 */
char *
reg_params_to_text (const RegParams *self)
{
  g_auto (GVariantBuilder) builder = G_VARIANT_BUILDER_INIT (G_VARIANT_TYPE ("a{ss}"));
  g_autoptr (GVariant) variant = NULL;

  for (guint i = 0; i < self->pairs->len; i++)
    {
      const Pair *pair = &g_array_index (self->pairs, Pair, i);

      g_variant_builder_add (&builder, "{ss}", pair->key, pair->value);
    }
  variant = g_variant_ref_sink (g_variant_builder_end (&builder));
  return g_variant_print (variant, FALSE);
}

/**
 * reg_params_get:
 * @self: (nullable): parameters
 * @key: a key
 *
 * Returns: (nullable) (transfer none): its value, or %NULL where it is not set
 */
const char *
reg_params_get (const RegParams *self, const char *key)
{
  guint at;

  if (self == NULL || !find (self, key, &at))
    return NULL;
  return g_array_index (self->pairs, Pair, at).value;
}

gboolean
reg_params_get_boolean (const RegParams *self, const char *key)
{
  return g_strcmp0 (reg_params_get (self, key), "true") == 0;
}

gint64
reg_params_get_int64 (const RegParams *self, const char *key)
{
  const char *value = reg_params_get (self, key);

  return value != NULL ? g_ascii_strtoll (value, NULL, 10) : 0;
}

/**
 * reg_params_set:
 * @self: parameters
 * @key: a key
 * @value: (nullable): its value; %NULL takes it out
 */
void
reg_params_set (RegParams *self, const char *key, const char *value)
{
  Pair pair;
  guint at;

  if (find (self, key, &at))
    {
      Pair *old = &g_array_index (self->pairs, Pair, at);

      if (value == NULL)
        g_array_remove_index (self->pairs, at);
      else if (value != old->value)
        {
          g_free (old->value);
          old->value = g_strdup (value);
        }
      return;
    }
  if (value == NULL)
    return;
  pair.key = g_strdup (key);
  pair.value = g_strdup (value);
  g_array_insert_val (self->pairs, at, pair);
}

void
reg_params_set_boolean (RegParams *self, const char *key, gboolean value)
{
  reg_params_set (self, key, value ? "true" : "false");
}

void
reg_params_set_int64 (RegParams *self, const char *key, gint64 value)
{
  char text[32];

  g_snprintf (text, sizeof text, "%" G_GINT64_FORMAT, value);
  reg_params_set (self, key, text);
}

guint
reg_params_get_size (const RegParams *self)
{
  return self != NULL ? self->pairs->len : 0;
}

/**
 * reg_params_get_key:
 * @self: parameters
 * @index: below reg_params_get_size ()
 *
 * Returns: (transfer none): the key at this place, in sorted order
 */
const char *
reg_params_get_key (const RegParams *self, guint index)
{
  g_return_val_if_fail (index < self->pairs->len, NULL);
  return g_array_index (self->pairs, Pair, index).key;
}

/**
 * reg_params_equal:
 * @a: (nullable): parameters; %NULL equals none set
 * @b: (nullable): others
 *
 * Returns: whether they hold the same keys and values
 */
gboolean
reg_params_equal (const RegParams *a, const RegParams *b)
{
  guint n = reg_params_get_size (a);

  if (n != reg_params_get_size (b))
    return FALSE;
  for (guint i = 0; i < n; i++)
    {
      const Pair *x = &g_array_index (a->pairs, Pair, i);
      const Pair *y = &g_array_index (b->pairs, Pair, i);

      if (strcmp (x->key, y->key) != 0 || strcmp (x->value, y->value) != 0)
        return FALSE;
    }
  return TRUE;
}
