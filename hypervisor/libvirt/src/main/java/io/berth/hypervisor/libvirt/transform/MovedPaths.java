package io.berth.hypervisor.libvirt.transform;

import io.berth.driver.hypervisor.Phase;
import io.berth.driver.xml.Xml;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.w3c.dom.Element;

/**
 * Follows folders that are somewhere else on the host the guest goes to: a path that lies in one of the folders, to the
 * letter, gets the folder that stands for it there. Of several that fit the longest counts. Disks, kernels, consoles
 * to files.
 */
public final class MovedPaths implements DomainTransformation {
    private final Map<String, String> folders;

    /** @param folders from the folder as definitions have it to the folder on this host, without a slash at the end */
    public MovedPaths(Map<String, String> folders) {
        this.folders = new TreeMap<String, String>((one, other) ->
                one.length() == other.length() ? one.compareTo(other) : Integer.compare(other.length(), one.length()));
        this.folders.putAll(folders);
    }

    @Override
    public String name() {
        return "paths";
    }

    @Override
    public Set<Phase> phases() {
        return Set.of(Phase.DEPLOY, Phase.RESTORE);
    }

    @Override
    public DomainXml apply(DomainXml domain, Phase phase, HostFacts facts) {
        return domain.edited(root -> {
            for (var name : List.of("disk", "serial", "console", "parallel", "channel")) {
                for (var source : Xml.at(root, "devices", name, "source")) {
                    List.of("file", "dev", "path").forEach(attribute -> attribute(source, attribute));
                }
            }
            for (var name : List.of("kernel", "initrd", "dtb", "loader")) {
                Xml.at(root, "os", name).forEach(this::content);
            }
        });
    }

    private void attribute(Element element, String name) {
        Xml.attribute(element, name).ifPresent(path -> element.setAttribute(name, moved(path)));
    }

    private void content(Element element) {
        var path = element.getTextContent();
        var there = moved(path);
        if (!there.equals(path)) {
            element.setTextContent(there);
        }
    }

    private String moved(String path) {
        for (var folder : folders.entrySet()) {
            if (path.startsWith(folder.getKey() + "/")) {
                return folder.getValue() + path.substring(folder.getKey().length());
            }
        }
        return path;
    }
}
