package io.berth.storage.files;

import io.berth.driver.Call;
import io.berth.driver.DataSize;
import io.berth.driver.DevicePath;
import io.berth.driver.HostRef;
import io.berth.driver.host.HostDevices;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;

/** A stand-in for the hosts' devices: files of this machine. What no test needs isn't there. */
public final class FileDevices implements HostDevices {
    @Override
    public byte[] read(HostRef host, DevicePath device, long offset, int length) {
        try (var file = new RandomAccessFile(device.path(), "r")) {
            var bytes = new byte[length];
            file.seek(offset);
            file.readFully(bytes);
            return bytes;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void write(Call call, HostRef host, DevicePath device, long offset, byte[] bytes) {
        try (var file = new RandomAccessFile(device.path(), "rw")) {
            file.seek(offset);
            file.write(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void flush(Call call, HostRef host, DevicePath device) {}

    @Override
    public DataSize size(HostRef host, DevicePath device) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void clear(Call call, HostRef host, DevicePath device) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void dropCache(Call call, HostRef host, DevicePath device) {
        throw new UnsupportedOperationException();
    }

    @Override
    public String digest(Call call, HostRef host, DevicePath device, long offset, DataSize length) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void copy(Call call, HostRef host, DevicePath from, DevicePath to, DataSize length) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void discardFrom(Call call, HostRef host, DevicePath device, long offset) {
        throw new UnsupportedOperationException();
    }
}
