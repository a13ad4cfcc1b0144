/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a heading is likely to mean: another word for it, a slip of the pen, or what stands below.
 */
#define G_LOG_DOMAIN "reg-imports"

#include "imports/reg-directory-private.h"
#include "imports/reg-import-columns.h"
#include "imports/reg-import-preview.h"
#include "imports/reg-near-text.h"

#include "rules/reg-text.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* Words that people and other systems write; letters and digits alone count. */
typedef struct
{
  RegColumnKind kind;
  const char *words;
} Synonyms;

static const Synonyms synonyms[] = {
  { REG_COLUMN_EMAIL,
    "email emails mail emailaddress emailid mailaddress mailid useremail workemail "
    "primaryemail loginemail emailadresse mailadresse courriel adressemail correo "
    "correoelectronico "
    "indirizzoemail adresemail epost" },
  { REG_COLUMN_EMPLOYEE_ID,
    "employeeid employeenumber employeeno employee empid empno staffid staffno staffnumber "
    "personnelnumber personnelno personnelid workerid payrollnumber payrollid hrid idnumber "
    "sisuserid userid id personalnummer mitarbeiternummer personalnr matricule numeroempleado" },
  { REG_COLUMN_REQUIREMENT,
    "requirement required mandatory optional type assignmenttype obligatory pflicht verpflichtend "
    "obligatoire obligatorio requiredoptional" },
  { REG_COLUMN_DUE_DATE,
    "duedate due deadline dueon dueby completeby completionduedate targetdate enddate faellig "
    "fällig fälligkeit fälligam frist échéance echeance datelimite fechalimite vencimiento" },
  { REG_COLUMN_MESSAGE,
    "message note notes comment comments remark text personalmessage nachricht bemerkung "
    "commentaire mensaje" },
  { REG_COLUMN_COURSE_NAME,
    "course courses coursename coursetitle coursecode courseid training trainingname "
    "trainingtitle program programname learningactivity kurs kursname schulung lehrgang formation "
    "cours curso" },
  { REG_COLUMN_GROUPS, "groups group groupname groupnames usergroup usergroups cohort cohorts "
                       "gruppe gruppen groupe groupes grupo grupos" },
  { REG_COLUMN_GIVEN_NAME,
    "givenname givennames firstname firstnames forename forenames fname preferredname vorname "
    "vornamen prénom nombre nome voornaam förnamn fornavn" },
  { REG_COLUMN_FAMILY_NAME,
    "familyname lastname surname lname nachname familienname zuname nom nomdefamille apellido "
    "apellidos cognome achternaam efternamn etternavn" },
  { REG_COLUMN_ROLE, "role userrole accountrole accounttype usertype rolle rôle rol ruolo" },
  { REG_COLUMN_LOCATION, "location locationname site office workplace worksite worklocation branch "
                         "standort niederlassung ort lieu ubicación sede" },
  { REG_COLUMN_MANAGER,
    "manager manageremail manageremailid manageremployeeid managerid linemanager linemanageremail "
    "supervisor supervisoremail supervisorid reportsto reportingto reportingmanager "
    "directmanager vorgesetzter vorgesetzte führungskraft responsable jefe" },
};

/* Letters and digits, folded: "E-Mail Address" is "emailaddress". */
static char *
squeeze (const char *text)
{
  g_autofree char *folded = reg_text_fold (text, -1);
  GString *out = g_string_new (NULL);

  for (const char *p = folded; *p != '\0'; p = g_utf8_next_char (p))
    if (g_unichar_isalnum (g_utf8_get_char (p)))
      g_string_append_len (out, p, g_utf8_next_char (p) - p);
  return g_string_free (out, FALSE);
}

static const RegImportHeading *
find_kind (const RegImportAction *action, RegColumnKind kind)
{
  for (guint i = 0; i < action->n_headings; i++)
    if (action->headings[i].kind == kind)
      return &action->headings[i];
  return NULL;
}

/* Squeezed word → RegColumnKind; a file may have thousands of headings. */
static GHashTable *
get_meanings (void)
{
  static GHashTable *meanings;

  if (g_once_init_enter (&meanings))
    {
      GHashTable *made = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

      for (guint i = 0; i < G_N_ELEMENTS (synonyms); i++)
        {
          g_auto (GStrv) words = g_strsplit (synonyms[i].words, " ", -1);

          for (guint k = 0; words[k] != NULL; k++)
            g_hash_table_insert (made, squeeze (words[k]), GUINT_TO_POINTER (synonyms[i].kind));
        }
      g_once_init_leave (&meanings, made);
    }
  return meanings;
}

static const char *
suggest_by_meaning (const RegImportAction *action, const char *word)
{
  RegColumnKind kind = GPOINTER_TO_UINT (g_hash_table_lookup (get_meanings (), word));
  const RegImportHeading *heading = kind != 0 ? find_kind (action, kind) : NULL;

  return heading != NULL ? heading->text : NULL;
}

static gboolean
is_near (const char *word, const char *text, guint *best)
{
  g_autofree char *other = squeeze (text);
  gsize len = strlen (word);
  guint max = MIN (*best, len < 5 ? 1 : 2);
  guint distance;

  if (len < 3)
    return FALSE;
  distance = reg_near_text_get_distance (word, len, other, strlen (other), max);
  if (distance > max)
    return FALSE;
  *best = distance;
  return TRUE;
}

/* (transfer full) (nullable): a heading, or the code of a course */
static char *
suggest_by_letters (const RegImportAction *action,
                    RegDirectory *directory,
                    const char *word,
                    guint *distance)
{
  const char *found = NULL;

  *distance = 2;
  for (guint i = 0; i < action->n_headings; i++)
    if (is_near (word, action->headings[i].text, distance))
      found = action->headings[i].text;
  for (guint i = 0; action->has_matrix && i < reg_directory_get_n_courses (directory); i++)
    {
      const RegCourse *course = reg_directory_get_course_at (directory, i);
      g_autofree char *both = g_strdup_printf ("%s %s", course->code, course->title);
      guint before = *distance;

      /* Codes are near to each other, so a slip is looked for in titles. */
      if ((is_near (word, course->title, distance) || is_near (word, both, distance))
          && (found == NULL || *distance < before))
        found = course->code;
    }
  return g_strdup (found);
}

/* Two headings are near but their texts are of another kind: what stands below decides. */
static const char *
suggest_by_samples (const RegImportAction *action, const char *const *samples)
{
  const RegImportHeading *heading = find_kind (action, REG_COLUMN_EMAIL);
  guint n = 0, n_emails = 0;

  for (; samples[n] != NULL; n++)
    n_emails += reg_email_is_valid (samples[n], strlen (samples[n]));
  return heading != NULL && n > 0 && n_emails == n ? heading->text : NULL;
}

/**
 * reg_import_suggest_field:
 * @action: what the file is for
 * @directory: knows the courses
 * @heading: a heading that does not match
 * @samples: (array zero-terminated=1): texts that stand below it
 * @why: (out) (transfer full) (nullable): why it is likely, translated
 *
 * Returns: (transfer full) (nullable): the heading of the sample file, or the code of a course,
 * that it is likely to mean
 */
char *
reg_import_suggest_field (const RegImportAction *action,
                          RegDirectory *directory,
                          const char *heading,
                          const char *const *samples,
                          char **why)
{
  g_autofree char *word = squeeze (heading);
  const char *found = suggest_by_meaning (action, word);
  char *near;
  guint distance;

  *why = NULL;
  if (found != NULL)
    {
      *why = g_strdup (_ ("another word for it"));
      return g_strdup (found);
    }
  near = suggest_by_letters (action, directory, word, &distance);
  if (near != NULL)
    {
      *why = distance == 0
                 ? g_strdup (_ ("written differently"))
                 : g_strdup_printf (ngettext ("%u letter differs", "%u letters differ", distance),
                                    distance);
      return near;
    }
  found = suggest_by_samples (action, samples);
  if (found != NULL)
    *why = g_strdup (_ ("e-mail addresses stand below it"));
  return g_strdup (found);
}
