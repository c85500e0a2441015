/* Two commands of the host helper; arguments[0] is the command's name, the result its exit code. */
#ifndef BERTH_STREAM_SAVE_H
#define BERTH_STREAM_SAVE_H

/*
 * Writes a guest's memory behind a save header onto a device, with the guest alive (and paused) at the end. Prints
 * "progress DONE EXPECTED" now and then and "done LENGTH" at last. May be killed at any moment: QEMU's migration then
 * fails on the broken pipe, the guest stays as it is, and the image stays marked as partial.
 */
int stream_save(int argc, char **argv);

/* Gives up whatever save or migration of the guest is active, whoever began it, and waits until there is none. */
int stream_cancel(int argc, char **argv);

#endif
