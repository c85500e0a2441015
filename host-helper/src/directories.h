/* VM directories on this host. */
#ifndef BERTH_DIRECTORIES_H
#define BERTH_DIRECTORIES_H

#include <stdbool.h>

/* What Berth puts beside VM directories is called so; a VM directory never is. */
#define OWN_PREFIX ".berth-"

/* Renames a folder durably; done already is fine. 0 or an exit code after having printed why. */
int rename_folder(const char *from, const char *to);
/* Removes a folder with all that is in it, durably; nothing there is fine. 0 or an exit code, likewise. */
int remove_folder(const char *path);

#endif
