package io.berth.hypervisor.libvirt.transform;

import io.berth.driver.Failure;
import io.berth.driver.FailureKind;
import io.berth.driver.xml.Xml;
import java.util.function.Consumer;
import org.w3c.dom.Element;

/** A libvirt domain's definition: well-formed XML whose outermost element is {@code domain}. Immutable. */
public record DomainXml(String text) {
    /**
     * @throws Failure {@code xml.malformed}, {@code xml.too-large}, {@code vm.bad-definition}
     */
    public DomainXml {
        var name = Xml.parse(text).getDocumentElement().getTagName();
        if (!name.equals("domain")) {
            throw Failure.of(FailureKind.HYPERVISOR, "vm.bad-definition", "this is no guest's definition")
                    .why("its outermost element isn't 'domain'")
                    .next("look at what produced it")
                    .build();
        }
    }

    /** A tree of its own, which the caller may change. */
    public Element root() {
        return Xml.parse(text).getDocumentElement();
    }

    /**
     * The definition after {@code edit} changed its tree; this very one, to the letter, if the tree stays as it was.
     */
    public DomainXml edited(Consumer<Element> edit) {
        var root = root();
        var before = Xml.serialise(root);
        edit.accept(root);
        var after = Xml.serialise(root);
        return before.equals(after) ? this : new DomainXml(after);
    }
}
