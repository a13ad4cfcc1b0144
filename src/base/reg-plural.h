/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/**
 * PLURAL_:
 * @one: the sentence for one, or the field that gets it
 * @many: the sentence for more, or the field that gets it
 *
 * Marks two sentences for translation where they are kept until a number is known; g_dngettext ()
 * then chooses. What N_ () is to _ (), this is to ngettext ().
 */
#define PLURAL_(one, many) one, many
