/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "reg-sandbox"

#include "sandbox/reg-sandbox-names.h"

#include <string.h>

#define LIST(...) ((const char *const[]){ __VA_ARGS__, NULL })

static const RegNamePool pools[] = {
  { 9,
    LIST ("Grace=grace",
          "Henry=henry",
          "Ruth=ruth",
          "Owen=owen",
          "Sinéad=sinead",
          "Marcus=marcus",
          "Priscilla=priscilla",
          "Amy-Lou=amylou",
          "Theodore=theodore",
          "Ngozi=ngozi"),
    LIST ("Carter=carter",
          "O'Neill=oneill",
          "Fitzgerald=fitzgerald",
          "McAllister=mcallister",
          "Okafor=okafor",
          "Baker=baker",
          "Whitcombe-Hale=whitcombehale",
          "Shaw=shaw",
          "Adeyemi=adeyemi",
          "Lindqvist=lindqvist") },
  { 6,
    LIST ("Hélène=helene",
          "Étienne=etienne",
          "Zoé=zoe",
          "Rémi=remi",
          "Aurélie=aurelie",
          "Gaël=gael",
          "Cécile=cecile",
          "Jean-Luc=jeanluc"),
    LIST ("Moreau=moreau",
          "Lemaître=lemaitre",
          "Desjardins=desjardins",
          "Besançon=besancon",
          "d'Aubigné=daubigne",
          "Girard=girard",
          "Chevrier=chevrier",
          "Noël=noel") },
  { 6,
    LIST ("Götz=goetz",
          "Anneliese=anneliese",
          "Jürgen=juergen",
          "Käthe=kaethe",
          "Lieselotte=lieselotte",
          "Björn=bjoern",
          "Ümmü=uemmue",
          "Franz Josef=franzjosef"),
    LIST ("Schäfer=schaefer",
          "Weißmüller=weissmueller",
          "Köhler=koehler",
          "von Thadden=vonthadden",
          "Größl=groessl",
          "Vogel=vogel",
          "Jäger=jaeger",
          "Hübner=huebner") },
  { 6,
    LIST ("Lucía=lucia",
          "Iñaki=inaki",
          "Begoña=begona",
          "Álvaro=alvaro",
          "Rocío=rocio",
          "Joaquim=joaquim",
          "Inês=ines",
          "Conceição=conceicao"),
    LIST ("Núñez=nunez",
          "Castaño=castano",
          "de la Peña=delapena",
          "Ibáñez=ibanez",
          "Guimarães=guimaraes",
          "Sequeira=sequeira",
          "Zubizarreta=zubizarreta",
          "Ferrão=ferrao") },
  { 4,
    LIST ("Søren=soeren",
          "Åse=aase",
          "Øystein=oeystein",
          "Guðrún=gudrun",
          "Väinö=vaeinoe",
          "Linnéa=linnea"),
    LIST ("Ørsted=oersted",
          "Åkesson=aakesson",
          "Þorsteinsdóttir=thorsteinsdottir",
          "Hämäläinen=haemaelaeinen",
          "Bjørnstad=bjoernstad",
          "Nygård=nygaard") },
  { 5,
    LIST ("Łucja=lucja",
          "Zbigniew=zbigniew",
          "Božena=bozena",
          "Štěpán=stepan",
          "Čeněk=cenek",
          "Zsuzsa=zsuzsa",
          "Ștefania=stefania",
          "Đurđa=djurdja"),
    LIST ("Wójcik=wojcik",
          "Źrebiec=zrebiec",
          "Dvořáčková=dvorackova",
          "Šťastný=stastny",
          "Szőke=szoke",
          "Țurcanu=turcanu",
          "Kovačević=kovacevic",
          "Gąsior=gasior") },
  { 4, LIST ("Oğuz=oguz", "Şebnem=sebnem", "İpek=ipek", "Çağlar=caglar", "Gülay=gulay"),
    LIST ("Yıldız=yildiz", "Öztürk=ozturk", "Işık=isik", "Ağaoğlu=agaoglu", "Şimşek=simsek") },
  { 5,
    LIST ("Людмила=lyudmila",
          "Фёдор=fyodor",
          "Мирослава=myroslava",
          "Игорь=igor",
          "Їванна=ivanna",
          "Жанна=zhanna"),
    LIST ("Соловьёв=solovyov",
          "Кузнецова=kuznetsova",
          "Гончаренко=honcharenko",
          "Щербак=shcherbak",
          "Юрьева=yurieva",
          "Ґалаґан=galagan") },
  { 3, LIST ("Δήμητρα=dimitra", "Σπύρος=spyros", "Ευτυχία=eftychia", "Ηλίας=ilias"),
    LIST ("Καραγιάννης=karagiannis",
          "Μαυρίδου=mavridou",
          "Οικονόμου=oikonomou",
          "Ψαρράς=psarras") },
  { 5, LIST ("雪梅=xuemei", "志强=zhiqiang", "丽=li", "子轩=zixuan", "凤霞=fengxia", "𠀋=qi"),
    LIST ("赵=zhao", "黄=huang", "周=zhou", "吴=wu", "诸葛=zhuge", "徐=xu") },
  { 4, LIST ("陽菜=hina", "大輔=daisuke", "みどり=midori", "ユウキ=yuuki", "健一=kenichi"),
    LIST ("小林=kobayashi", "中村=nakamura", "吉﨑=yoshizaki", "伊藤=ito", "齋藤=saito") },
  { 3, LIST ("지은=jieun", "현우=hyunwoo", "수빈=subin", "재영=jaeyoung"),
    LIST ("정=jung", "강=kang", "윤=yoon", "선우=sunwoo") },
  { 4, LIST ("ليلى=layla", "خالد=khalid", "نور=nour", "إبراهيم=ibrahim", "مريم=maryam"),
    LIST ("حداد=haddad",
          "الخوري=alkhoury",
          "منصور=mansour",
          "بن صالح=binsaleh",
          "الزهراء=alzahra") },
  { 2, LIST ("תמר=tamar", "אריאל=ariel", "מיכל=michal"),
    LIST ("פרידמן=friedman", "שמעוני=shimoni", "אבן־עזרא=ibnezra") },
  { 4, LIST ("दीपिका=deepika", "विक्रम=vikram", "कृष्ण=krishna", "மீனா=meena", "অর্ণব=arnab"),
    LIST ("मेहता=mehta",
          "त्रिपाठी=tripathi",
          "जोशी=joshi",
          "சுப்பிரமணியம்=subramaniam",
          "চট্টোপাধ্যায়=chattopadhyay") },
  { 2, LIST ("วันเพ็ญ=wanphen", "อนุชา=anucha", "Thị Mỹ=thimy", "Hữu Phước=huuphuoc"),
    LIST ("รัตนากร=rattanakorn", "Nguyễn=nguyen", "บุญมี=boonmee", "Đỗ=do") },
  { 2, LIST ("Ana-Lua=analua", "Kahu=kahu", "Thandiwe=thandiwe", "ሰላም=selam"),
    LIST ("Tāwhiri=tawhiri", "Nkosi=nkosi", "ተስፋዬ=tesfaye", "Kealoha=kealoha") },
};

/**
 * reg_sandbox_get_name_pool:
 * @number: any number
 *
 * Returns: (transfer none): the names of one language, common ones for more of the numbers
 */
const RegNamePool *
reg_sandbox_get_name_pool (guint number)
{
  guint total = 0;

  for (guint i = 0; i < G_N_ELEMENTS (pools); i++)
    total += pools[i].weight;
  number %= total;
  for (guint i = 0; i < G_N_ELEMENTS (pools); i++)
    {
      if (number < pools[i].weight)
        return &pools[i];
      number -= pools[i].weight;
    }
  g_return_val_if_reached (&pools[0]);
}

/* written, latin: (out) (transfer full) */
void
reg_sandbox_split_name (const char *entry, char **written, char **latin)
{
  const char *equals = strchr (entry, '=');

  *written = g_strndup (entry, (gsize)(equals - entry));
  *latin = g_strdup (equals + 1);
}
